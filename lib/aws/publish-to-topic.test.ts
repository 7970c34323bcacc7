import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import { topicMessageOf } from "@/lib/notifications/sns";
import { outcomeOf } from "@/lib/services/notification-transports";
import { buildMessage } from "@/lib/testing/build-notification";
import { publishToTopic } from "./publish-to-topic";

const publications = z.object({
  messages: z.array(
    z.object({
      topicArn: z.string(),
      subject: z.string(),
      message: z.string(),
      deduplicationId: z.string().nullable(),
      attributes: z.record(z.string(), z.string()),
    }),
  ),
});
const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "test" };

let simulator: Simulator;
let account: string;
beforeAll(async () => {
  const organisation = bulkOrganisation({ accounts: 1, regions: 1, brokers: 1 });
  account = organisation.managementAccountId;
  simulator = await startSimulator({ port: 0, organisation, rate: 0, throttle: false });
});
afterAll(() => simulator.close());

const publish = (topic: string) =>
  publishToTopic(
    topicMessageOf(buildMessage(), { settings: { topicArn: `arn:aws:sns:us-east-1:${topic}` }, secrets: {} }),
    { endpointUrl: simulator.url, credentials },
  );
const published = () => publications.parse(simulator.control("GET", "/published")).messages;

describe("publishing to a topic", () => {
  it("gives it subject, text and attributes", async () => {
    expect(outcomeOf(await publish(`${account}:mq-steward`))).toMatchObject({ kind: "sent" });
    expect(published().at(-1)).toMatchObject({
      topicArn: `arn:aws:sns:us-east-1:${account}:mq-steward`,
      subject: "MQ Steward: daily digest of 20 November 2026, 1 notification",
      attributes: { severity: "high", kinds: "sla-breached" },
      deduplicationId: null,
    });
    expect(published().at(-1)?.message).toContain("orders-prod");
  });

  it("names the key to a FIFO topic, which takes a repetition once", async () => {
    const before = published().length;
    await publish(`${account}:mq-steward.fifo`);
    await publish(`${account}:mq-steward.fifo`);
    expect(published().length).toBe(before + 1);
  });

  it.each([
    ["deny", { kind: "refused", permanent: true }],
    ["throttle", { kind: "refused", permanent: false }],
    ["error5xx", { kind: "refused", permanent: false }],
    ["cut", { kind: "unknown" }],
  ])("says what came of it where AWS answers with %s, and asks once", async (kind, expected) => {
    simulator.control("POST", "/faults", { add: [{ kind, service: "sns" }] });
    simulator.control("DELETE", "/journal");
    expect(outcomeOf(await publish(`${account}:mq-steward`))).toMatchObject(expected);
    simulator.control("DELETE", "/faults");
    expect(z.object({ total: z.number() }).parse(simulator.control("GET", "/journal")).total).toBe(1);
  });

  it("is refused for good where the topic is not there, and to be tried again where nobody answers", async () => {
    expect(outcomeOf(await publish("999988887777:other"))).toMatchObject({ kind: "refused", permanent: true });
    const message = topicMessageOf(buildMessage(), {
      settings: { topicArn: `arn:aws:sns:us-east-1:${account}:a` },
      secrets: {},
    });
    expect(outcomeOf(await publishToTopic(message, { endpointUrl: "http://127.0.0.1:9", credentials }))).toMatchObject({
      kind: "refused",
      permanent: false,
    });
  });
});
