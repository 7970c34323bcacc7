import { findQuota } from "@/lib/reference/quotas";
import {
  notApplicable,
  pass,
  type RuleContext,
  type RuleFailure,
  type RuleOutcome,
  unknown,
} from "@/lib/rules/define-rule";
import { defineSubjectRule } from "@/lib/rules/define-subject-rule";

export const brokersPerRegionBelowQuota = defineSubjectRule({
  id: "brokers-per-region-below-quota",
  version: 1,
  subject: "account",
  title: "Accounts stay below the quota of brokers per region",
  severity: "medium",
  category: "operations",
  rationale:
    "At the quota AWS refuses new brokers, replacements among them: the way from a single instance to high availability, or off an instance type at its end, " +
    "needs the old and the new broker side by side.",
  remediation:
    "Ask for a higher quota in time (Service Quotas, Amazon MQ), delete brokers that nobody uses, or spread new ones over accounts and regions. Amazon MQ does not " +
    "tell which quota it granted: set it as this rule's threshold.",
  references: [
    {
      kind: "aws",
      id: "Quotas in Amazon MQ",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html",
    },
  ],
  looksAt: ["listed brokers of every region"],
  discriminator: "region",
  judged: ({ regions }, discriminator) => regions.find(({ region }) => region === discriminator)?.brokers ?? null,
  basis: (_, { policy }) => ({
    ...quotaOf(policy),
    percent: policy.threshold("brokers-per-region-below-quota.percent"),
  }),
  examples: [
    { title: "few brokers", expect: "pass" },
    { title: "near the quota", subject: { regions: [{ region: "eu-west-1", brokers: 171 }] }, expect: "fail" },
    {
      title: "one region near, another could not be listed",
      subject: {
        regions: [
          { region: "eu-central-1", brokers: null },
          { region: "eu-west-1", brokers: 200 },
        ],
      },
      expect: "fail",
    },
    { title: "no brokers", subject: { regions: [{ region: "eu-west-1", brokers: 0 }] }, expect: "not-applicable" },
    {
      title: "more than the published quota",
      subject: { regions: [{ region: "eu-west-1", brokers: 240 }] },
      expect: "unknown",
    },
    { title: "could not be listed", subject: { regions: [{ region: "eu-west-1", brokers: null }] }, expect: "unknown" },
  ],
  evaluate({ regions }, { policy }): RuleOutcome {
    const held = regions.filter(({ brokers }) => brokers !== 0);
    if (held.length === 0) return notApplicable("The account holds no brokers.");
    const { limit, verified, source } = quotaOf(policy);
    if (limit === null) return unknown("The quota of brokers per region is not known.");
    const percent = policy.threshold("brokers-per-region-below-quota.percent");
    const failures: RuleFailure[] = [];
    const undecided: { region: string; reason: string }[] = [];
    for (const { region, brokers } of held) {
      if (brokers === null) undecided.push({ region, reason: `How many brokers ${region} holds is not known.` });
      else if (brokers > limit) {
        const reason = `${brokers} brokers in ${region} are more than the quota of ${limit}: AWS granted another, which is not known.`;
        undecided.push({ region, reason });
      } else if (brokers >= (limit * percent) / 100)
        failures.push(failureOf({ region, brokers, limit, percent, verified, source }));
    }
    const unclear = undecided.map(({ region }) => region);
    const [first, ...rest] = failures;
    if (first) return { kind: "fail", failures: [first, ...rest], undecided: unclear };
    if (undecided.length > 0) {
      return { kind: "unknown", reason: undecided.map(({ reason }) => reason).join(" "), undecided: unclear };
    }
    const most = held.reduce((a, b) => ((b.brokers ?? 0) > (a.brokers ?? 0) ? b : a));
    return pass(`At most ${most.brokers} of ${limit} brokers, in ${most.region}.`);
  },
});

interface KnownQuota {
  limit: number | null;
  verified: boolean;
  source: string;
}

/** The published quota, or the one an administrator says was granted. */
function quotaOf(policy: RuleContext["policy"]): KnownQuota {
  const granted = policy.threshold("brokers-per-region-below-quota.granted");
  const quota = findQuota("brokers_per_region");
  if (granted > (quota?.value ?? 0))
    return { limit: granted, verified: true, source: "Granted by AWS, as set for this rule" };
  return { limit: quota?.value ?? null, verified: quota?.verified ?? false, source: quota?.source ?? "" };
}

function failureOf(
  input: KnownQuota & { region: string; brokers: number; limit: number; percent: number },
): RuleFailure {
  const { region, brokers, limit, percent, verified, source } = input;
  const share = Math.floor((brokers / limit) * 100);
  const doubt = verified ? "" : " The quota was not verified with AWS.";
  return {
    discriminator: region,
    summary: `${region} holds ${brokers} brokers, ${share} % of the quota of ${limit}; ${percent} % is the mark.${doubt}`,
    // Tens of percent: a broker more or less is no news.
    evidence: { region, limit, mark: percent, usedAtLeastPercent: Math.floor(share / 10) * 10, verified, source },
    severity: brokers >= limit ? "high" : undefined,
  };
}
