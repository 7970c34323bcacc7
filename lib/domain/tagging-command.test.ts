import { describe, expect, it } from "vitest";
import { taggingCommand, tagValueProblem } from "@/lib/domain/tagging-command";

const ARN = "arn:aws:mq:eu-west-1:111122223333:broker:orders:b-0a1b2c3d-0000-4000-8000-000000000001";

describe("taggingCommand", () => {
  it("names the broker, its region and the tag", () => {
    expect(taggingCommand({ arn: ARN, tagKey: "owner", value: "payments" })).toBe(
      `aws mq create-tags --region eu-west-1 --resource-arn ${ARN} --tags owner=payments`,
    );
  });

  it.each([
    ["spaces", "Team Payments", `'{"owner":"Team Payments"}'`],
    ["a comma, which the short syntax would take for another tag", "a,b", `'{"owner":"a,b"}'`],
    ["a quote, which a shell would end the text at", "d'arcy", `'{"owner":"d'\\''arcy"}'`],
    ["an equals sign", "a=b", `'{"owner":"a=b"}'`],
    ["a command", "$(rm -rf x)", `'{"owner":"$(rm -rf x)"}'`],
  ])("quotes %s", (_, value, expected) => {
    expect(taggingCommand({ arn: ARN, tagKey: "owner", value }).split("--tags ")[1]).toBe(expected);
  });

  it("quotes a resource that is no plain ARN", () => {
    expect(taggingCommand({ arn: "x; rm", tagKey: "owner", value: "a" })).toBe(
      "aws mq create-tags --resource-arn 'x; rm' --tags owner=a",
    );
  });
});

describe("tagValueProblem", () => {
  it.each([
    ["payments", null],
    ["Équipe Paiements", null],
    ["team:payments@example.com", null],
    ["a,b", expect.stringContaining("AWS allows")],
    ["x".repeat(257), expect.stringContaining("256")],
  ])("of %s", (value, expected) => expect(tagValueProblem(value)).toEqual(expected));
});
