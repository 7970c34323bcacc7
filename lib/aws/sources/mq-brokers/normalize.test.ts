import { describe, expect, it } from "vitest";
import { z } from "zod";
import { loadRecording } from "@/lib/testing/recordings";
import { brokerSummary } from "./fetch";
import { normalizeListedBroker } from "./normalize";

const recorded = (name: string) =>
  z.array(brokerSummary).parse(loadRecording(name).BrokerSummaries).map(normalizeListedBroker);

describe("normalizing a listing", () => {
  it("reads an entry that AWS sent in 2019", () => {
    expect(recorded("test_mq_tag_untag_markforop--mq.ListBrokers_1")).toEqual([
      {
        arn: "arn:aws:mq:us-east-1:644160558196:broker:dev:b-9f765c8d-6164-4f28-b0c9-556de5077776",
        brokerId: "b-9f765c8d-6164-4f28-b0c9-556de5077776",
        attributes: {
          name: "dev",
          state: "RUNNING",
          deploymentMode: "SINGLE_INSTANCE",
          instanceType: "mq.t2.micro",
          createdAt: "2019-01-28T17:34:46.507Z",
        },
      },
    ]);
  });

  it("leaves what the listing does not tell unobserved", () => {
    const [broker] = recorded("test_mq_message_broker_kms_filter--mq.ListBrokers_1");
    expect(broker?.attributes).toEqual({ name: "test", state: "UNKNOWN" });
  });

  it("tells the engine where the listing has it, in upper case", () => {
    const broker = normalizeListedBroker(
      brokerSummary.parse({
        BrokerArn: "arn:aws-cn:mq:cn-north-1:111122223333:broker:a:b-1",
        BrokerId: "b-1",
        EngineType: "RabbitMQ",
        Created: 1_600_000_000,
      }),
    );
    expect(broker.attributes).toEqual({
      name: "a",
      state: "UNKNOWN",
      engine: "RABBITMQ",
      createdAt: "2020-09-13T12:26:40.000Z",
    });
  });
});
