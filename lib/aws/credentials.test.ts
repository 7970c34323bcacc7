import { afterEach, describe, expect, it } from "vitest";
import { mutableWallClock, wallClock } from "@/lib/domain/clock";
import type { AwsGateway } from "./gateway";
import {
  assumeRoleXml,
  type FakeAnswer,
  type FakeEndpoint,
  type SeenRequest,
  startFakeEndpoint,
  stsErrorXml,
} from "./testing/fake-endpoint";
import { testGateway } from "./testing/test-gateway";

const ROLE = { accountId: "444455556666", roleArn: "arn:aws:iam::444455556666:role/reader", externalId: "ext-1" };
const inOneHour = () => new Date(wallClock.now().getTime() + 3_600_000);

let endpoint: FakeEndpoint | undefined;
let gateway: AwsGateway | undefined;

afterEach(async () => {
  gateway?.close();
  await endpoint?.close();
});

async function start(assume: (count: number, request: SeenRequest) => FakeAnswer): Promise<FakeEndpoint> {
  let count = 0;
  endpoint = await startFakeEndpoint((request) => {
    if (request.target !== "AssumeRole") return { body: { brokerSummaries: [] } };
    count += 1;
    return assume(count, request);
  });
  return endpoint;
}

const assumed = () => endpoint?.requests.filter(({ target }) => target === "AssumeRole") ?? [];

describe("assuming the role of a connected account", () => {
  it("sends role, external id and session name, and signs with what it gets", async () => {
    const { url } = await start(() => ({ body: assumeRoleXml("ASIAROLE", inOneHour()) }));
    gateway = testGateway(url);
    expect((await gateway.session(ROLE).listBrokers("eu-west-1")).status).toBe("complete");
    const form = new URLSearchParams(assumed()[0]?.body);
    expect(Object.fromEntries(form)).toMatchObject({
      RoleArn: ROLE.roleArn,
      ExternalId: "ext-1",
      RoleSessionName: "mq-steward",
    });
    expect(endpoint?.requests.at(-1)).toMatchObject({ accessKeyId: "ASIAROLE", service: "mq" });
    expect(endpoint?.requests.at(-1)?.headers["x-amz-security-token"]).toBe("token");
  });

  it("assumes once for many requests at a time, and for later sessions too", async () => {
    const { url } = await start(() => ({ body: assumeRoleXml("ASIAROLE", inOneHour()) }));
    gateway = testGateway(url);
    const session = gateway.session(ROLE);
    await Promise.all(["eu-west-1", "us-east-1", "us-west-2"].map((region) => session.listBrokers(region)));
    await gateway.session(ROLE).listBrokers("eu-west-1");
    expect(assumed()).toHaveLength(1);
  });

  it("assumes anew shortly before the credentials end", async () => {
    const { url } = await start((count) => ({ body: assumeRoleXml(`ASIA${count}`, inOneHour()) }));
    const wall = mutableWallClock(wallClock.now());
    gateway = testGateway(url, { wall });
    await gateway.session(ROLE).listBrokers("eu-west-1");
    wall.advanceMs(50 * 60_000);
    await gateway.session(ROLE).listBrokers("us-east-1");
    expect(assumed()).toHaveLength(1);
    wall.advanceMs(6 * 60_000);
    await gateway.session(ROLE).listBrokers("us-west-2");
    expect(assumed()).toHaveLength(2);
  });

  it("asks again after a refusal, when the trust was mended meanwhile", async () => {
    const { url } = await start((count) =>
      count === 1
        ? { status: 403, body: stsErrorXml("AccessDenied", "not authorized to perform: sts:AssumeRole") }
        : { body: assumeRoleXml("ASIAROLE", inOneHour()) },
    );
    gateway = testGateway(url);
    const session = gateway.session(ROLE);
    expect(await session.listBrokers("eu-west-1")).toMatchObject({
      status: "denied",
      errorCode: "aws-assume-role-failed",
    });
    expect((await session.listBrokers("eu-west-1")).status).toBe("complete");
  });

  it("does not mix up two external ids of one role", async () => {
    const { url } = await start((count) => ({ body: assumeRoleXml(`ASIA${count}`, inOneHour()) }));
    gateway = testGateway(url);
    await gateway.session(ROLE).listBrokers("eu-west-1");
    await gateway.session({ ...ROLE, externalId: "ext-2" }).listBrokers("eu-west-1");
    expect(assumed().map(({ body }) => new URLSearchParams(body).get("ExternalId"))).toEqual(["ext-1", "ext-2"]);
    expect(endpoint?.requests.filter(({ service }) => service === "mq").map(({ accessKeyId }) => accessKeyId)).toEqual([
      "ASIA1",
      "ASIA2",
    ]);
  });

  it("forgets credentials on reset", async () => {
    const { url } = await start((count) => ({ body: assumeRoleXml(`ASIA${count}`, inOneHour()) }));
    gateway = testGateway(url);
    await gateway.session(ROLE).listBrokers("eu-west-1");
    gateway.reset();
    await gateway.session(ROLE).listBrokers("eu-west-1");
    expect(assumed()).toHaveLength(2);
  });

  it("says that there are no credentials at all", async () => {
    const { url } = await start(() => ({ body: "" }));
    const none = () => Promise.reject(Object.assign(new Error("Could not load"), { name: "CredentialsProviderError" }));
    gateway = testGateway(url, { credentials: none });
    expect(await gateway.ambientIdentity()).toMatchObject({
      status: "denied",
      errorCode: "aws-credentials",
      message: "No AWS credentials were found",
    });
    const session = gateway.session(ROLE);
    expect(await session.listBrokers("eu-west-1")).toMatchObject({ status: "denied", errorCode: "aws-credentials" });
    expect(endpoint?.requests).toHaveLength(0);
    expect(session.counts().mq).toBeUndefined();
  });
});
