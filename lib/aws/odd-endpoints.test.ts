import { afterEach, describe, expect, it } from "vitest";
import { wallClock } from "@/lib/domain/clock";
import { loadRecording, wireNames } from "@/lib/testing/recordings";
import type { AccountSession, AwsGateway } from "./gateway";
import {
  callerIdentityXml,
  type FakeAnswer,
  type FakeEndpoint,
  type SeenRequest,
  startFakeEndpoint,
} from "./testing/fake-endpoint";
import { ownSession, TEST_ACCOUNT, testGateway } from "./testing/test-gateway";

const REGION = "eu-west-1";
let endpoint: FakeEndpoint | undefined;
let gateway: AwsGateway | undefined;

afterEach(async () => {
  gateway?.close();
  await endpoint?.close();
});

async function against(answer: (request: SeenRequest) => FakeAnswer | undefined): Promise<AccountSession> {
  endpoint = await startFakeEndpoint(answer);
  gateway = testGateway(endpoint.url);
  return ownSession(gateway);
}

function summary(id: string, more: object = {}) {
  return {
    brokerArn: `arn:aws:mq:${REGION}:${TEST_ACCOUNT}:broker:name-${id}:${id}`,
    brokerId: id,
    brokerName: `name-${id}`,
    brokerState: "RUNNING",
    ...more,
  };
}

describe("an endpoint that was not written here", () => {
  it("may ignore the page size and answer one broker a page", async () => {
    const ids = ["b-1", "b-2", "b-3", "b-4"];
    const session = await against(({ query }) => {
      const at = Number(query.get("nextToken") ?? 0);
      return {
        body: {
          brokerSummaries: [summary(ids[at] ?? "")],
          ...(at + 1 < ids.length ? { nextToken: String(at + 1) } : {}),
        },
      };
    });
    const listed = await session.listBrokers(REGION);
    expect(listed.status).toBe("complete");
    expect(listed.items.map(({ brokerId }) => brokerId)).toEqual(ids);
    expect(endpoint?.requests[0]?.query.get("maxResults")).toBe("100");
  });

  it("may repeat a broker over pages: it is one broker", async () => {
    const session = await against(({ query }) => ({
      body: { brokerSummaries: [summary("b-1")], nextToken: query.has("nextToken") ? null : "x" },
    }));
    expect((await session.listBrokers(REGION)).items).toHaveLength(1);
  });

  it("may repeat a page token: that listing is partial, not endless", async () => {
    const session = await against(() => ({ body: { brokerSummaries: [summary("b-1")], nextToken: "again" } }));
    expect(await session.listBrokers(REGION)).toMatchObject({
      status: "partial",
      errorCode: "aws-invalid-response",
      items: [{ brokerId: "b-1" }],
    });
  });

  it("has no brokers when it says so", async () => {
    const session = await against(() => ({ body: { brokerSummaries: [] } }));
    expect(await session.listBrokers(REGION)).toMatchObject({ status: "complete", items: [] });
  });

  it.each([
    ["an object without the list", "{}"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a page of HTML", "<html><body>Sign in</body></html>"],
    ["half an answer", '{"brokerSummaries":[{"brokerArn"'],
    ["a list of another kind", '{"brokerSummaries":{}}'],
  ])("has no brokers proved by answering %s", async (_what, body) => {
    const session = await against(() => ({ body }));
    const listed = await session.listBrokers(REGION);
    expect(listed).toMatchObject({ status: "failed", errorCode: "aws-invalid-response", items: [] });
    expect(listed.message).not.toContain("Sign in");
  });

  it("makes a listing partial by an entry that is no broker, and keeps the others", async () => {
    const session = await against(() => ({
      body: { brokerSummaries: [summary("b-1"), summary("b-2", { brokerArn: "nonsense" }), "x"] },
    }));
    expect(await session.listBrokers(REGION)).toMatchObject({
      status: "partial",
      items: [{ brokerId: "b-1" }],
      failures: [
        { item: "b-2", errorCode: "aws-invalid-response" },
        { item: "an entry that is no broker", errorCode: "aws-invalid-response" },
      ],
    });
  });

  it.each([
    ["404 in HTML", { status: 404, body: "<h1>Not Found</h1>" }],
    ["404 without a body", { status: 404 }],
    ["404 of an API gateway", { status: 404, body: { message: "Not Found" } }],
    ["501", { status: 501, body: { __type: "InternalFailure", message: "API for service 'mq' not yet implemented" } }],
    ["501 without a body", { status: 501 }],
    ["405", { status: 405, body: "Method Not Allowed" }],
    ["its word for it", { status: 400, headers: { "x-amzn-errortype": "UnknownOperationException" }, body: {} }],
  ])("may not know an operation and answer %s: nobody is gone", async (_what, reply) => {
    const session = await against(() => reply);
    expect(await session.describeBrokers(REGION, ["b-1", "b-2"])).toMatchObject({
      status: "unsupported",
      errorCode: "aws-operation-unsupported",
      items: [],
    });
  });

  it("may leave the type out of its not-found", async () => {
    const session = await against(() => ({ status: 404, body: { errorAttribute: "broker-id", message: "no" } }));
    expect((await session.describeBrokers(REGION, ["b-1"])).items).toEqual([{ kind: "gone", brokerId: "b-1" }]);
  });

  it("may send attributes nobody knows yet: they are in the payload", async () => {
    const session = await against(() => ({
      body: {
        ...summary("b-1"),
        storageSize: 250,
        quantumMode: { entangledWith: ["b-2"] },
        tags: { camelCase: "Kept" },
      },
    }));
    const [item] = (await session.describeBrokers(REGION, ["b-1"])).items;
    if (item?.kind !== "described") throw new Error("not described");
    expect(item.attributes.storageSizeGb).toBe(250);
    expect(item.attributes.tags).toEqual({ camelCase: "Kept" });
    expect(item.payload).toMatchObject({
      BrokerId: "b-1",
      StorageSize: 250,
      QuantumMode: { EntangledWith: ["b-2"] },
      Tags: { camelCase: "Kept" },
    });
  });

  it("may order members as it likes: the payload and its hash are the same", async () => {
    const broker = { ...summary("b-1"), tags: { a: "1", b: "2" }, logs: { general: true, audit: false } };
    const reversed = {
      logs: { audit: false, general: true },
      tags: { b: "2", a: "1" },
      ...Object.fromEntries(Object.entries(summary("b-1")).reverse()),
    };
    let count = 0;
    const session = await against(() => {
      count += 1;
      return { body: count === 1 ? broker : reversed };
    });
    const [one] = (await session.describeBrokers(REGION, ["b-1"])).items;
    const [other] = (await session.describeBrokers(REGION, ["b-1"])).items;
    expect(one).toEqual(other);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it("may describe another broker than was asked for: that is not taken for ours", async () => {
    const session = await against(() => ({ body: summary("b-other") }));
    expect(await session.describeBrokers(REGION, ["b-1"])).toMatchObject({
      status: "failed",
      errorCode: "aws-invalid-response",
      items: [],
    });
  });

  it("is read from what AWS really sent", async () => {
    const recorded = wireNames(loadRecording("test_mq_tag_untag_markforop--mq.DescribeBroker_1"));
    const session = await against(() => ({ body: recorded }));
    const id = "b-9f765c8d-6164-4f28-b0c9-556de5077776";
    const [item] = (await session.describeBrokers("us-east-1", [id])).items;
    expect(item).toMatchObject({
      kind: "described",
      attributes: { engine: "ACTIVEMQ", createdAt: "2019-01-28T17:34:46.507Z", tags: { Role: "Dev" } },
      payload: { EngineType: "ActiveMQ", Created: "2019-01-28T17:34:46.507Z", Tags: { Role: "Dev" } },
    });
  });

  it("may send a configuration that is not well-formed: it is kept as it is; one that is no base64 is not", async () => {
    const broken = "<broker><unclosed>\u{1F98A}";
    const session = await against(({ path }) => ({
      body: {
        configurationId: path.includes("c-1") ? "c-1" : "c-2",
        created: "2026-01-01T00:00:00Z",
        data: path.includes("c-1") ? Buffer.from(broken).toString("base64") : "***",
      },
    }));
    const read = await session.configurationRevisions(REGION, [
      { id: "c-1", revision: 3 },
      { id: "c-2", revision: 1 },
    ]);
    expect(read).toMatchObject({
      status: "partial",
      items: [{ configurationId: "c-1", revision: 3, data: broken, description: null }],
      failures: [{ item: "c-2/1", errorCode: "aws-invalid-response" }],
    });
    expect(endpoint?.requests[0]?.path).toMatch(/^\/v1\/configurations\/c-[12]\/revisions\/[31]$/);
  });
});

describe("signing", () => {
  it("signs with the region asked for, and sends each request to it", async () => {
    const session = await against(() => ({ body: { brokerSummaries: [] } }));
    await session.listBrokers("ap-southeast-2");
    expect(endpoint?.requests[0]).toMatchObject({
      region: "ap-southeast-2",
      service: "mq",
      method: "GET",
      path: "/v1/brokers",
    });
  });

  it("takes over AWS's clock when its own is far off", async () => {
    const theirs = new Date("2031-05-05T05:05:05Z");
    const session = await against(({ headers }) => {
      const signedAt = String(headers["x-amz-date"]);
      return signedAt.startsWith("20310505T0505")
        ? { body: { brokerSummaries: [] } }
        : {
            status: 403,
            headers: { date: theirs.toUTCString(), "x-amzn-errortype": "InvalidSignatureException" },
            body: { message: "Signature expired" },
          };
    });
    expect((await session.listBrokers(REGION)).status).toBe("complete");
    expect(endpoint?.requests).toHaveLength(2);
  });

  it("does not ask twice when the clock is right and the signature is wrong", async () => {
    const session = await against(({ service }) =>
      service === "sts"
        ? { body: callerIdentityXml(TEST_ACCOUNT) }
        : {
            status: 403,
            headers: { date: wallClock.now().toUTCString(), "x-amzn-errortype": "InvalidSignatureException" },
            body: { message: "The request signature we calculated does not match: x-amz-security-token:SECRET" },
          },
    );
    const listed = await session.listBrokers(REGION);
    expect(listed).toMatchObject({ status: "denied", errorCode: "aws-credentials" });
    expect(JSON.stringify(listed)).not.toContain("SECRET");
    expect(endpoint?.requests).toHaveLength(1);
  });
});
