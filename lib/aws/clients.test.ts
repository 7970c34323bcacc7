import { afterEach, describe, expect, it, vi } from "vitest";
import { wallClock } from "@/lib/domain/clock";
import { createGateway } from "./create-gateway";
import { resolveMqEndpoint } from "./lean-mq-client";
import { callerIdentityXml, type FakeEndpoint, startFakeEndpoint } from "./testing/fake-endpoint";
import { TEST_ACCOUNT } from "./testing/test-gateway";

let endpoint: FakeEndpoint | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await endpoint?.close();
});

async function readWithEnvironment(variables: (url: string) => Record<string, string>): Promise<FakeEndpoint> {
  const started = await startFakeEndpoint(({ target }) =>
    target === "GetCallerIdentity" ? { body: callerIdentityXml(TEST_ACCOUNT) } : { body: { brokerSummaries: [] } },
  );
  endpoint = started;
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAFROMENV");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  for (const [name, value] of Object.entries(variables(started.url))) vi.stubEnv(name, value);
  const gateway = createGateway({ wall: wallClock, log: { warn: () => undefined, debug: () => undefined } });
  try {
    expect((await gateway.ambientIdentity()).status).toBe("complete");
    const session = gateway.session({ accountId: TEST_ACCOUNT, roleArn: null, externalId: null });
    expect((await session.listBrokers("eu-west-1")).status).toBe("complete");
  } finally {
    gateway.close();
  }
  return started;
}

describe("where requests go", () => {
  it("is AWS_ENDPOINT_URL for every service, with the credentials of the environment", async () => {
    const { requests } = await readWithEnvironment((url) => ({ AWS_ENDPOINT_URL: url, AWS_REGION: "eu-central-1" }));
    expect(requests.map(({ service, region, accessKeyId }) => [service, region, accessKeyId])).toEqual([
      ["sts", "eu-central-1", "AKIAFROMENV"],
      ["mq", "eu-west-1", "AKIAFROMENV"],
    ]);
  });

  it("is the service's own variable where there is one, with the path it names", async () => {
    const { requests } = await readWithEnvironment((url) => ({
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_ENDPOINT_URL_MQ: `${url}/aws/proxy`,
      AWS_ENDPOINT_URL_STS: url,
    }));
    expect(requests.map(({ path }) => path)).toEqual(["/", "/aws/proxy/v1/brokers"]);
  });

  it.each([
    ["eu-west-1", "mq.eu-west-1.amazonaws.com"],
    ["cn-north-1", "mq.cn-north-1.amazonaws.com.cn"],
  ])("is AWS itself without them: %s", async (region, hostname) => {
    vi.stubEnv("AWS_ENDPOINT_URL", "");
    expect(await resolveMqEndpoint({ region })).toMatchObject({ protocol: "https:", hostname, path: "/" });
  });
});
