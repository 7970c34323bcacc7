import { expect, it } from "vitest";
import { scopeSentence } from "./load-fleet";

it.each([
  [
    "mq-descriptions",
    "eu-west-1",
    "denied",
    "Broker descriptions, account 111122223333, eu-west-1: last reading denied.",
  ],
  ["cost-usage", "", "partial", "Costs by usage type and account, account 111122223333: last reading incomplete."],
  [
    "metrics",
    "us-east-1",
    "unsupported",
    "CloudWatch metrics, account 111122223333, us-east-1: last reading not supported.",
  ],
  ["a-later-source", "", "failed", "a-later-source, account 111122223333: last reading failed."],
])("says of %s in region %j that was %s what a reader of a figure must know", (source, region, status, expected) => {
  expect(scopeSentence({ source, accountId: "111122223333", region, status })).toBe(expected);
});
