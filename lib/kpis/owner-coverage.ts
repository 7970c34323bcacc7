import { defineKpi, type KpiBroker } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, shareOfBrokers } from "@/lib/kpis/kpi-scope";

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
      if (bond === "unknown") return null;
      return bond !== "none" && bond !== "account-default";
    });
    return [
      {
        ...value,
        parts: [
          countPart("Verified and contactable", counts["verified-contactable"]),
          countPart("Verified, no way to contact", counts.verified),
          countPart("Unverified", counts.unverified),
          countPart("Account's default only (not counted)", counts["account-default"]),
          countPart("No owner", counts.none),
        ],
      },
    ];
  },
});

function bondOf({ snapshot: { owner, attributes }, ownerVerified, ownerContactable }: KpiBroker): Bond {
  if (owner.source === "tag" || owner.source === "assignment") {
    if (!ownerVerified) return "unverified";
    return ownerContactable ? "verified-contactable" : "verified";
  }
  const described = attributes.tags !== undefined || attributes.engineVersion !== undefined;
  return described ? owner.source : "unknown";
}
