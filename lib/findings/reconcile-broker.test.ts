import { describe, expect, it } from "vitest";
import type { BrokerSnapshot } from "@/lib/domain/broker";
import type { FindingSnapshot } from "@/lib/domain/finding";
import type { ReconciledFinding } from "@/lib/findings/finding-outcome";
import { fixedBy } from "@/lib/findings/fixed-by";
import type { SubjectPresence } from "@/lib/findings/reconcile";
import { reconcileBroker } from "@/lib/findings/reconcile-broker";
import { evaluateBroker } from "@/lib/rules/evaluate";
import { RULES } from "@/lib/rules/registry";
import { type BrokerOverrides, buildBroker } from "@/lib/testing/build-broker";
import { buildEpisode, buildFinding } from "@/lib/testing/build-finding";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const context = buildRuleContext();
let clock = 0;

/** One sync: evaluates all rules and reconciles the findings. */
function sync(
  broker: BrokerSnapshot,
  findings: readonly FindingSnapshot[] = [],
  presence: SubjectPresence = "observed",
): readonly ReconciledFinding[] {
  clock += 1;
  return reconcileBroker({
    broker,
    results: evaluateBroker(RULES, broker, context),
    findings,
    context,
    observation: {
      now: new Date(Date.UTC(2026, 10, 21, clock)),
      previousObservedAt: new Date(Date.UTC(2026, 10, 21, clock - 1)),
      presence,
      actor: "system:evaluation",
      fixedBy: (rule) => fixedBy({ rule, broker, changes: [], calendar: context.calendar }),
    },
  });
}

const stored = (broker: BrokerSnapshot, results: readonly ReconciledFinding[]): FindingSnapshot[] =>
  results.map(({ ruleId, discriminator, episodes }) =>
    buildFinding(episodes, { ruleId, discriminator, subjectKey: broker.arn }),
  );
const of = (results: readonly ReconciledFinding[], ruleId: string, discriminator = "") =>
  results.find((result) => result.ruleId === ruleId && result.discriminator === discriminator);
const single = (tags: Record<string, string>, overrides: BrokerOverrides = {}) =>
  buildBroker({
    ...overrides,
    attributes: { deploymentMode: "SINGLE_INSTANCE", tags: { owner: "payments", ...tags } },
  });

describe("findings of a broker", () => {
  it("are none for a broker that no rule objects to", () => {
    expect(sync(buildBroker())).toEqual([]);
  });

  it("bring the sentence and the severity of the failure along", () => {
    const [finding] = sync(buildBroker({ attributes: { publiclyAccessible: true } }));
    expect(finding).toMatchObject({
      ruleId: "broker-not-public",
      discriminator: "",
      before: null,
      changed: true,
      failure: { summary: "The broker is publicly accessible." },
      episodes: [{ severity: "high", evidence: { publiclyAccessible: true } }],
    });
  });

  it("do not count a changed environment tag as remediation of missing availability", () => {
    const production = single({ env: "prod" });
    const development = single({ env: "dev" });
    const after = sync(development, stored(production, sync(production)));
    expect(of(after, "production-highly-available")?.episodes).toMatchObject([{ closeCause: "not-remediation" }]);
  });

  it("count a new owner tag as remediation of a missing owner", () => {
    const before = buildBroker({ attributes: { tags: { env: "prod" } } });
    const after = buildBroker({ attributes: { tags: { env: "prod", owner: "payments" } } });
    const result = sync(after, stored(before, sync(before)));
    expect(of(result, "owner-assigned")?.episodes).toMatchObject([{ closeCause: "fixed-by-owner" }]);
  });

  it("do not count an owner assigned in the product, or as the account's default, as an observed change", () => {
    const before = buildBroker({ attributes: { tags: { env: "prod" } } });
    const after = buildBroker({ attributes: { tags: { env: "prod" } }, assignedOwner: "payments" });
    const result = sync(after, stored(before, sync(before)));
    expect(of(result, "owner-assigned")?.episodes).toMatchObject([{ closeCause: "not-remediation" }]);
  });

  it("keep one life each per action code", () => {
    const codes = (...names: string[]) =>
      buildBroker({ attributes: { engine: "RABBITMQ", actionsRequired: names.map((code) => ({ code, info: null })) } });
    const both = codes("RABBITMQ_DISK_ALARM", "RABBITMQ_MEMORY_ALARM");
    const one = codes("RABBITMQ_DISK_ALARM");
    const result = sync(one, stored(both, sync(both)));
    const rule = "no-pending-action-required";
    expect(of(result, rule, "RABBITMQ_DISK_ALARM")?.episodes).toMatchObject([{ state: "open" }]);
    expect(of(result, rule, "RABBITMQ_MEMORY_ALARM")?.episodes).toMatchObject([{ closeCause: "fixed-by-owner" }]);
  });

  it("stay as they are while the broker is being deleted, and close as decommissioned when it is gone", () => {
    const publicBroker = buildBroker({ attributes: { publiclyAccessible: true } });
    const open = stored(publicBroker, sync(publicBroker));
    const deleting = sync(
      buildBroker({ attributes: { publiclyAccessible: true, state: "DELETION_IN_PROGRESS" } }),
      open,
    );
    expect(of(deleting, "broker-not-public")).toMatchObject({ changed: false, episodes: [{ state: "open" }] });
    const gone = sync(
      buildBroker({ goneAt: new Date(Date.UTC(2026, 10, 22)) }),
      stored(publicBroker, deleting),
      "gone",
    );
    expect(of(gone, "broker-not-public")?.episodes).toMatchObject([{ closeCause: "decommissioned" }]);
  });

  it("stay open when the broker could not be described, even if what is known by now would pass", () => {
    const publicBroker = buildBroker({ attributes: { publiclyAccessible: true } });
    const result = sync(buildBroker(), stored(publicBroker, sync(publicBroker)), "not-observed");
    expect(of(result, "broker-not-public")).toMatchObject({ changed: false, episodes: [{ state: "open" }] });
  });

  it("of a rule that does not exist any more close as no remediation", () => {
    const finding = buildFinding([buildEpisode()], { ruleId: "broker-name-is-nice" });
    const [result] = sync(buildBroker(), [finding]);
    expect(result).toMatchObject({
      ruleId: "broker-name-is-nice",
      failure: null,
      episodes: [{ state: "closed", closeCause: "not-remediation" }],
    });
  });

  it("change nothing when the same sync comes again", () => {
    const broker = buildBroker({
      attributes: { publiclyAccessible: true, tags: {}, deploymentMode: "SINGLE_INSTANCE" },
    });
    const first = sync(broker);
    const second = sync(broker, stored(broker, first));
    expect(first.length).toBeGreaterThan(3);
    expect(second.filter(({ changed }) => changed)).toEqual([]);
  });
});
