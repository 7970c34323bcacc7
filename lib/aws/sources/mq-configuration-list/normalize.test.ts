import { describe, expect, it } from "vitest";
import { parseAnswer } from "../../parse-answer";
import { configurationSummary } from "./fetch";
import { normalizeConfiguration } from "./normalize";

const ARN = "arn:aws:mq:us-east-1:111122223333:configuration:c-1";
/** Shape of the API reference: https://docs.aws.amazon.com/amazon-mq/latest/api-reference/configurations.html */
const listed = (more: object) =>
  normalizeConfiguration(parseAnswer(configurationSummary, { Arn: ARN, Id: "c-1", ...more }));

describe("normalizing a listed configuration", () => {
  it("keeps name, engine, newest revision and when each was made", () => {
    expect(
      listed({
        Name: "orders-configuration",
        EngineType: "RabbitMQ",
        EngineVersion: "3.13",
        Created: "2025-02-03T04:05:06.000Z",
        LatestRevision: { Created: "2025-03-03T04:05:06Z", Description: "consumer timeout", Revision: 4 },
      }),
    ).toEqual({
      arn: ARN,
      id: "c-1",
      name: "orders-configuration",
      engine: "RABBITMQ",
      engineVersion: "3.13",
      latestRevision: 4,
      latestRevisionAt: new Date("2025-03-03T04:05:06Z"),
      createdAt: new Date("2025-02-03T04:05:06Z"),
    });
  });

  it("says nothing of what AWS left out, and takes the id where there is no name", () => {
    expect(listed({ LatestRevision: { Revision: -1 } })).toMatchObject({
      name: "c-1",
      engine: null,
      latestRevision: null,
      latestRevisionAt: null,
      createdAt: null,
    });
  });

  it("reads one as AWS answers for old configurations: without revision and instants", () => {
    expect(listed({ EngineType: "ActiveMQ", EngineVersion: "5.15.12", Name: "test-config" })).toMatchObject({
      name: "test-config",
      engine: "ACTIVEMQ",
      engineVersion: "5.15.12",
      latestRevision: null,
    });
  });

  it("refuses one without an identity", () => {
    expect(() => parseAnswer(configurationSummary, { Arn: "", Id: "c-1" })).toThrow();
  });
});
