import { defineKpi, type KpiBroker } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, shareContributors, shareOfBrokers } from "@/lib/kpis/kpi-scope";

type Bond = "verified-contactable" | "verified" | "unverified" | "account-default" | "none" | "unknown";

export const ownerCoverage = defineKpi({
  id: "owner-coverage",
  version: 1,
  title: "Owner coverage",
  definition:
    "Brokers with an owner by tag or by an assignment made here, by all brokers in scope. Owners that somebody verified and that can be contacted are " +
    "shown apart from unverified ones, which exist only as a tag's text. An account's default owner answers for its brokers but is not counted. " +
    "Brokers whose tags were never read, or that were last observed more than 3 days ago, are in the denominator only.",
  numeratorLabel: "brokers with an owner by tag or assignment",
  denominatorLabel: "brokers in scope",
  unit: "percent",
  direction: "up-is-good",
  target: 100,
  source: "Seeds 000 and 001: every broker has a clear owner or team tag",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    const counts: Record<Bond, number> = {
      "verified-contactable": 0,
      verified: 0,
      unverified: 0,
      "account-default": 0,
      none: 0,
      unknown: 0,
    };
    const value = shareOfBrokers(scope, scope.brokers, (broker) => {
      const bond = bondOf(broker);
      counts[bond] += 1;
      return isCounted(bond);
    });
    return [
      {
        ...value,
        parts: [
          countPart(BOND_LABELS["verified-contactable"], counts["verified-contactable"]),
          countPart(BOND_LABELS.verified, counts.verified),
          countPart(BOND_LABELS.unverified, counts.unverified),
          countPart(BOND_LABELS["account-default"], counts["account-default"]),
          countPart(BOND_LABELS.none, counts.none),
        ],
      },
    ];
  },
  contributors: (snapshot) =>
    shareContributors(snapshot, {
      answer: (broker) => isCounted(bondOf(broker)),
      reason: (broker) => BOND_LABELS[bondOf(broker)],
    }),
});

const BOND_LABELS: Readonly<Record<Bond, string>> = {
  "verified-contactable": "Verified and contactable",
  verified: "Verified, no way to contact",
  unverified: "Unverified",
  "account-default": "Account's default only (not counted)",
  none: "No owner",
  unknown: "Tags were never read",
};

function isCounted(bond: Bond): boolean | null {
  return bond === "unknown" ? null : bond !== "none" && bond !== "account-default";
}

function bondOf({ snapshot: { owner, attributes }, ownerVerified, ownerContactable }: KpiBroker): Bond {
  if (owner.source === "tag" || owner.source === "assignment") {
    if (!ownerVerified) return "unverified";
    return ownerContactable ? "verified-contactable" : "verified";
  }
  const described = attributes.tags !== undefined || attributes.engineVersion !== undefined;
  return described ? owner.source : "unknown";
}
