import { parsePlainDate } from "@/lib/domain/plain-date";
import { SHIPPED_ADVISORIES } from "@/lib/reference/advisories";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import type { RuleContext } from "@/lib/rules/define-rule";
import { rulePolicy } from "@/lib/rules/policy";
import { RULES } from "@/lib/rules/registry";
import { type BrokerInput, type BrokerVerdict, judgeBroker } from "@/lib/services/evaluate-broker-batch";
import { buildBroker, exemplaryFacts } from "@/lib/testing/build-broker";
import { rounded, type Section } from "@/scripts/bench/figure";

const NOW = new Date("2026-11-20T12:00:00Z");
const ACTOR = "system:bench";

/** The kinds of brokers of a fleet that has neglected itself for a while: most rules fail somewhere. */
const KINDS = [
  { engine: "ACTIVEMQ", engineVersion: "5.18.7", instanceType: "mq.m5.large", deploymentMode: "SINGLE_INSTANCE" },
  { engine: "ACTIVEMQ", engineVersion: "5.19.10", instanceType: "mq.m5.large" },
  { engine: "ACTIVEMQ", engineVersion: "5.17.6", instanceType: "mq.t3.micro", autoMinorVersionUpgrade: false },
  { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m5.large" },
  { engine: "RABBITMQ", engineVersion: "4.2.9" },
  { engine: "RABBITMQ", engineVersion: "3.11.28", instanceType: "mq.m5.large", publiclyAccessible: true },
] as const;

/** Judging a whole fleet again with all its findings, and one broker of it: pure, without a database. */
export async function rulesSection(brokers: number): Promise<Section> {
  const context: RuleContext = {
    now: NOW,
    today: parsePlainDate("2026-11-20"),
    calendar: SHIPPED_SUPPORT_CALENDAR,
    advisories: SHIPPED_ADVISORIES,
    policy: rulePolicy(),
  };
  const fleet = Array.from({ length: brokers }, (_, index) => inputOf(index + 1));
  const first = fleet.map((input) => judgeBroker(input, context, ACTOR));
  const known = fleet.map((input, index) => withFindings(input, first[index]));
  const start = performance.now();
  const again = known.map((input) => judgeBroker(input, context, ACTOR));
  const seconds = (performance.now() - start) / 1000;
  const findings = first.reduce((sum, verdict) => sum + verdict.findings.length, 0);

  const [one] = known;
  if (!one) throw new Error("a fleet has at least one broker");
  const { attributes } = one.broker;
  const changed = {
    ...one,
    broker: { ...one.broker, attributes: { ...attributes, engineVersion: "5.19.10", publiclyAccessible: true } },
  };
  const before = performance.now();
  const verdict = judgeBroker(changed, context, ACTOR);
  const milliseconds = performance.now() - before;
  return {
    section: "rules",
    setup: `${brokers} brokers with ${findings} findings, ${RULES.length} rules; judging alone, without database`,
    figures: [
      {
        name: "all brokers judged again",
        value: rounded(seconds, 2),
        unit: "s",
        limit: 5,
        comparison: `${again.reduce((sum, { findings: written }) => sum + written.length, 0)} findings would be written`,
      },
      {
        name: "one changed broker judged again",
        value: rounded(milliseconds, 2),
        unit: "ms",
        limit: 50,
        comparison: `${verdict.opened} findings opened, ${verdict.closed} closed`,
      },
    ],
  };
}

function inputOf(id: number): BrokerInput {
  const kind = KINDS[id % KINDS.length] ?? KINDS[0];
  const tags: Record<string, string> =
    id % 3 === 0 ? {} : { environment: id % 2 === 0 ? "production" : "dev", owner: `team-${id % 40}` };
  const snapshot = buildBroker({
    brokerId: `b-${String(id).padStart(12, "0")}`,
    attributes: { ...kind, name: `bench-${id}`, tags },
    observedAt: NOW,
  });
  return {
    broker: {
      id,
      arn: snapshot.arn,
      brokerId: snapshot.brokerId,
      accountId: snapshot.accountId,
      region: snapshot.region,
      attributes: snapshot.attributes,
      described: true,
      describedUntil: null,
      firstSeenAt: snapshot.firstSeenAt,
      goneAt: null,
      ownerKey: null,
      ownerName: null,
      derived: {
        environment: "unclassified",
        environmentSource: "none",
        countsAsProduction: true,
        ownerId: null,
        ownerSource: "none",
        supportStatus: "unknown",
        supportStage: null,
        endOfSupport: null,
        openFindings: 0,
        worstSeverity: 0,
        ruleResults: {},
      },
    },
    classification: { environment: snapshot.environment, owner: snapshot.owner, ownerId: null },
    standing: { inScope: true, lastAttemptRead: true, describedAt: NOW, listedAt: NOW, describedBefore: NOW },
    findings: [],
    changes: [],
    facts: exemplaryFacts(kind.engine),
  };
}

/** The broker as it stands after a verdict was stored. */
function withFindings(input: BrokerInput, verdict: BrokerVerdict | undefined): BrokerInput {
  if (!verdict) return input;
  return {
    ...input,
    broker: { ...input.broker, derived: verdict.derivation ?? input.broker.derived },
    findings: verdict.findings.map(({ ruleId, subjectKey, discriminator, brokerId, shown, episode }, index) => ({
      id: index + 1,
      ruleId,
      subjectType: "broker",
      subjectKey,
      discriminator,
      brokerId,
      shown,
      // As the database gives it back: equal, but not the same objects.
      episodes: [{ ...episode, evidence: JSON.parse(JSON.stringify(episode.evidence)) }],
    })),
  };
}
