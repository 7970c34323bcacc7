import { expect, it } from "vitest";
import { findQuota } from "@/lib/reference/quotas";
import { evaluateSubject } from "@/lib/rules/evaluate-subject";
import { brokersPerRegionBelowQuota as rule } from "@/lib/rules/operations/brokers-per-region-below-quota";
import { rulePolicy } from "@/lib/rules/policy";
import { buildRuleContext } from "@/lib/testing/build-rule-context";
import { buildAccountSubject } from "@/lib/testing/build-subject";

const quota = findQuota("brokers_per_region");
const outcomeOf = (regions: Record<string, number | null>, policy = rulePolicy()) =>
  evaluateSubject(
    [rule],
    buildAccountSubject({ regions: Object.entries(regions).map(([region, brokers]) => ({ region, brokers })) }),
    buildRuleContext({ policy }),
  )[0]?.outcome;

it("rests on the published quota with its source and whether it was verified", () => {
  expect(quota).toMatchObject({ value: 200, verified: true });
  expect(outcomeOf({ "eu-west-1": 171, "us-east-1": 12 })).toEqual({
    kind: "fail",
    failures: [
      {
        discriminator: "eu-west-1",
        summary: "eu-west-1 holds 171 brokers, 85 % of the quota of 200; 80 % is the mark.",
        evidence: {
          region: "eu-west-1",
          limit: 200,
          mark: 80,
          usedAtLeastPercent: 80,
          verified: true,
          source: quota?.source,
        },
        severity: undefined,
      },
    ],
    undecided: [],
  });
});

it("fails from the mark on, and is high at the quota itself", () => {
  expect(outcomeOf({ "eu-west-1": 159 })?.kind).toBe("pass");
  expect(outcomeOf({ "eu-west-1": 160 })?.kind).toBe("fail");
  expect(outcomeOf({ "eu-west-1": 200 })).toMatchObject({ failures: [{ severity: "high" }] });
});

it("says nothing of a region that was not listed or holds more than the published quota", () => {
  expect(outcomeOf({ "eu-west-1": 201, "us-east-1": null, "us-west-2": 3 })).toEqual({
    kind: "unknown",
    reason:
      "201 brokers in eu-west-1 are more than the quota of 200: AWS granted another, which is not known. How many brokers us-east-1 holds is not known.",
    undecided: ["eu-west-1", "us-east-1"],
  });
});

it("takes the quota that an administrator says was granted", () => {
  const policy = rulePolicy({ "brokers-per-region-below-quota.granted": 400 });
  expect(outcomeOf({ "eu-west-1": 201 }, policy)?.kind).toBe("pass");
  expect(outcomeOf({ "eu-west-1": 330 }, policy)).toMatchObject({ failures: [{ evidence: { limit: 400 } }] });
});
