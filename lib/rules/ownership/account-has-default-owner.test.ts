import { expect, it } from "vitest";
import { evaluateSubject } from "@/lib/rules/evaluate-subject";
import { accountHasDefaultOwner as rule } from "@/lib/rules/ownership/account-has-default-owner";
import { buildRuleContext } from "@/lib/testing/build-rule-context";
import { buildAccountSubject } from "@/lib/testing/build-subject";

const outcomeOf = (overrides: Parameters<typeof buildAccountSubject>[0]) =>
  evaluateSubject([rule], buildAccountSubject(overrides), buildRuleContext())[0]?.outcome;

it("says how many brokers fall to nobody, and keeps the number out of the evidence", () => {
  expect(outcomeOf({ defaultOwner: null })).toEqual({
    kind: "fail",
    failures: [
      {
        discriminator: "",
        summary: "The account holds 35 brokers and has no default owner.",
        evidence: { defaultOwner: null },
        severity: undefined,
      },
    ],
  });
  expect(outcomeOf({ defaultOwner: null, regions: [{ region: "eu-west-1", brokers: 1 }] })).toMatchObject({
    failures: [{ summary: "The account holds 1 broker and has no default owner." }],
  });
});

it("fails for the brokers it knows of, whatever another region holds", () => {
  const regions = [
    { region: "eu-central-1", brokers: null },
    { region: "eu-west-1", brokers: 2 },
  ];
  expect(outcomeOf({ defaultOwner: null, regions })?.kind).toBe("fail");
});
