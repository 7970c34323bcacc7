import { describe, expect, it } from "vitest";
import { parseBrokerArn, requireBrokerArn } from "./broker-arn";

const id = "b-1d171add-07ff-4f34-9cc1-78d3d9d55ed0";

describe("parseBrokerArn", () => {
  it("takes an ARN apart", () => {
    expect(parseBrokerArn(`arn:aws:mq:us-east-2:111122223333:broker:orders:${id}`)).toEqual({
      arn: `arn:aws:mq:us-east-2:111122223333:broker:orders:${id}`,
      partition: "aws",
      region: "us-east-2",
      accountId: "111122223333",
      brokerName: "orders",
      brokerId: id,
    });
  });

  it.each([
    [
      "a recorded response without account number",
      `arn:aws:mq:us-east-1:alias/aws/mq:broker:test:${id}`,
      { accountId: null, brokerName: "test" },
    ],
    [
      "another partition",
      `arn:aws-cn:mq:cn-north-1:111122223333:broker:a:${id}`,
      { partition: "aws-cn", region: "cn-north-1" },
    ],
    ["no region", `arn:aws:mq::111122223333:broker:a:${id}`, { region: null }],
    ["no account", `arn:aws:mq:us-east-1::broker:a:${id}`, { accountId: null }],
    ["a name with a colon", `arn:aws:mq:us-east-1:111122223333:broker:a:b:${id}`, { brokerName: "a:b", brokerId: id }],
    ["an id without a name", "arn:aws:mq:us-east-1:111122223333:broker:a1b2", { brokerName: null, brokerId: "a1b2" }],
    ["an id in another style", "arn:aws:mq:us-east-1:111122223333:broker:a:xyz", { brokerId: "xyz" }],
  ])("accepts %s", (_, text, expected) => {
    expect(parseBrokerArn(text)).toMatchObject(expected);
  });

  it.each([
    "",
    id,
    "arn:aws:mq:us-east-1:644160558196:configuration:c-1cd76ad8-81bc-46f6-b43f-56fb118b426c",
    `arn:aws:sqs:us-east-1:111122223333:broker:a:${id}`,
    "arn:aws:mq:us-east-1:111122223333:broker",
    "arn:aws:mq:us-east-1:111122223333:broker:",
    "arn:aws:mq:us-east-1:111122223333:broker::",
    `urn:aws:mq:us-east-1:111122223333:broker:a:${id}`,
  ])("does not take %j for a broker", (text) => {
    expect(parseBrokerArn(text)).toBeUndefined();
    expect(() => requireBrokerArn(text)).toThrow(/not the ARN/);
  });
});
