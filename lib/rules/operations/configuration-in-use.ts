import { engineDisplayName } from "@/lib/domain/engine-version";
import { diffDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";
import { defineSubjectRule } from "@/lib/rules/define-subject-rule";

const NAMED = 3;

export const configurationInUse = defineSubjectRule({
  id: "configuration-in-use",
  version: 1,
  subject: "configuration",
  title: "Configurations are used by a broker",
  severity: "low",
  category: "operations",
  rationale:
    "Amazon MQ keeps the configuration of a broker that was deleted. One that nobody uses is mistaken for the one in force, is edited without effect, and may " +
    "hold names of users, hosts and networks that should be gone.",
  remediation:
    "Delete it (aws mq delete-configuration --configuration-id <id>), or apply it to the broker it was written for. What it says stays readable here as far as a " +
    "broker ever used it; save the newest revision before where it does not.",
  references: [
    {
      kind: "aws",
      id: "Amazon MQ broker configurations",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-configurations.html",
    },
  ],
  looksAt: ["listed configurations", "configurations in force and pending of all brokers of the region"],
  deletionPutsRight: true,
  judged: ({ usedBy }) => usedBy,
  basis: (_, { policy }) => ({ graceDays: policy.threshold("configuration-in-use.grace-days") }),
  examples: [
    { title: "in force at a broker", expect: "pass" },
    { title: "its broker was deleted", subject: { usedBy: [] }, expect: "fail" },
    {
      title: "new, its broker does not exist yet",
      subject: { usedBy: [], createdAt: new Date("2026-11-18T09:00:00Z") },
      today: "2026-11-21",
      expect: "not-applicable",
    },
    {
      title: "a broker of the region could not be described",
      subject: { usedBy: [], useUnknown: "1 broker of the region could not be described." },
      expect: "unknown",
    },
  ],
  evaluate({ id, name, engine, createdAt, usedBy, useUnknown }, { today, policy }) {
    if (usedBy.length > 0) {
      const others = usedBy.length - NAMED;
      const more = others > 0 ? ` and ${others} more` : "";
      return pass(`Used by ${usedBy.slice(0, NAMED).join(", ")}${more}.`);
    }
    if (useUnknown !== null) return unknown(useUnknown);
    const createdOn = createdAt === null ? null : plainDateFromInstantUtc(createdAt);
    const graceDays = policy.threshold("configuration-in-use.grace-days");
    if (createdOn !== null && diffDays(createdOn, today) < graceDays) {
      return notApplicable(`Created on ${createdOn}: for ${graceDays} days it may wait for its broker.`);
    }
    const told = [
      engine === null ? null : engineDisplayName(engine),
      createdOn === null ? null : `created on ${createdOn}`,
    ];
    const about = told.filter((text) => text !== null).join(", ");
    return fail(
      `No broker of its account and region uses the configuration ${name}${about === "" ? "" : ` (${about})`}, in force or pending.`,
      { configuration: id, name, createdOn },
    );
  },
});
