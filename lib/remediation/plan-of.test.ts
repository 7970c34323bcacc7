import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { SHIPPED_PRICES } from "@/lib/reference/prices";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import { isObservedDone } from "@/lib/remediation/done-condition";
import { planOf } from "@/lib/remediation/plan-of";
import type { PlanContext, PlannedFinding } from "@/lib/remediation/step-base";
import { RULES } from "@/lib/rules/registry";
import { type BrokerOverrides, buildBroker } from "@/lib/testing/build-broker";

const CONTEXT: PlanContext = {
  today: parsePlainDate("2026-11-21"),
  calendar: SHIPPED_SUPPORT_CALENDAR,
  prices: SHIPPED_PRICES,
  applications: [],
  production: true,
  goal: {},
};
let next = 1;
const finding = (ruleId: string, rest: Partial<PlannedFinding> = {}): PlannedFinding => ({
  id: next++,
  ruleId,
  discriminator: "",
  summary: `${ruleId} fails.`,
  evidence: {},
  ...rest,
});
const rabbit = (attributes: BrokerOverrides["attributes"] = {}) =>
  buildBroker({ attributes: { engine: "RABBITMQ", ...attributes } });
const keysOf = (plan: ReturnType<typeof planOf>) => plan.steps.map(({ key }) => key);
const stepOf = (plan: ReturnType<typeof planOf>, key: string) => {
  const found = plan.steps.find((step) => step.key === key);
  if (!found) throw new Error(`no step ${key} among ${keysOf(plan).join(", ")}`);
  return found;
};

describe("a plan of version hops", () => {
  const old = rabbit({ engineVersion: "3.12.13", instanceType: "mq.m5.large", autoMinorVersionUpgrade: false });

  it("takes RabbitMQ one line at a time, the instance family and the setting first, each with a client test", () => {
    const plan = planOf(old, [finding("engine-version-supported")], { ...CONTEXT, goal: { toLine: "4.3" } });
    expect(keysOf(plan)).toEqual([
      "auto-minor-upgrade",
      "condition-disk",
      "instance-change",
      "client-test-3.13",
      "hop-3.13",
      "client-test-4.2",
      "condition-no-classic-queues-4.2",
      "condition-khepri-off-4.2",
      "condition-downtime-accepted-4.2",
      "hop-4.2",
      "client-test-4.3",
      "hop-4.3",
      "fail-over-drill",
    ]);
    expect(stepOf(plan, "hop-3.13").dependsOn).toEqual(
      expect.arrayContaining(["auto-minor-upgrade", "instance-change", "client-test-3.13"]),
    );
    expect(stepOf(plan, "hop-4.2").dependsOn).toContain("hop-3.13");
    expect(stepOf(plan, "hop-4.3").dependsOn).toContain("hop-4.2");
    for (const key of ["condition-khepri-off-4.2", "client-test-4.2"])
      expect(stepOf(plan, key).done.kind).toBe("attestation");
    expect(stepOf(plan, "hop-4.2").interruption).toMatchObject({ reboots: true, minutes: null });
    expect(stepOf(plan, "instance-change").title).toContain("mq.m7g.large");
  });

  it("stops at the first line that is supported where nobody chose one", () => {
    const plan = planOf(
      rabbit({ engineVersion: "3.12.13", instanceType: "mq.m7g.large" }),
      [finding("engine-version-supported")],
      CONTEXT,
    );
    const hops = plan.steps.filter(({ kind }) => kind === "version-hop");
    expect(hops.at(-1)?.findingIds).toHaveLength(1);
    expect(hops.map(({ key }) => key)).toEqual(["hop-3.13"].concat(hops.length > 1 ? ["hop-4.2"] : []));
  });

  it("says that a price which no list has is unknown, and never 0", () => {
    const plan = planOf(old, [], { ...CONTEXT, goal: { toLine: "4.2" } });
    expect(stepOf(plan, "instance-change").cost?.after).toMatchObject({ known: false });
  });

  it("goes to the line that fixes an advisory, and installs a patch where the running line has it", () => {
    const broker = buildBroker({ attributes: { engineVersion: "5.17.6" } });
    const fixed = (fixOnAmazonMq: string) =>
      finding("free-of-known-advisories", { discriminator: fixOnAmazonMq, evidence: { fixOnAmazonMq } });
    expect(keysOf(planOf(broker, [fixed("5.19")], CONTEXT))).toContain("hop-5.19");
    expect(keysOf(planOf(broker, [fixed("5.17.7")], CONTEXT))).toContain("patch");
    const none = planOf(broker, [fixed("no fix on Amazon MQ")], CONTEXT);
    expect(none.steps).toEqual([]);
    expect(none.notes.join()).toContain("mitigate it or accept the risk");
  });

  it("says so where the version was never observed, or the goal cannot be reached", () => {
    const unseen = buildBroker({ withhold: ["engineVersion"] });
    expect(planOf(unseen, [finding("engine-version-supported")], CONTEXT).notes[0]).toContain("never observed");
    expect(planOf(rabbit(), [], { ...CONTEXT, goal: { toLine: "3.8" } }).notes[0]).toContain("no way");
  });
});

describe("a plan with a replacement broker", () => {
  const single = buildBroker({ attributes: { deploymentMode: "SINGLE_INSTANCE" } });
  const plan = planOf(single, [finding("production-highly-available")], {
    ...CONTEXT,
    applications: ["Checkout", "Billing"],
  });

  it("goes from writing down to deleting, each application vouching for its string", () => {
    expect(keysOf(plan)).toEqual([
      "replacement-document",
      "replacement-provision",
      "replacement-parity",
      "fail-over-string-Checkout",
      "fail-over-string-Billing",
      "replacement-drain",
      "replacement-cut-over",
      "fail-over-drill",
      "replacement-validate",
      "replacement-decommission",
    ]);
    expect(stepOf(plan, "replacement-decommission").findingIds).toHaveLength(1);
    expect(stepOf(plan, "replacement-validate").dependsOn).toContain("fail-over-drill");
  });

  it("counts both brokers while they run side by side", () => {
    const { cost } = stepOf(plan, "replacement-provision");
    if (!cost?.before.known || !cost.after.known) throw new Error("the prices of mq.m5.large are known");
    expect(Number(cost.after.amount)).toBeGreaterThan(Number(cost.before.amount));
    expect(stepOf(plan, "replacement-decommission").cost?.before).toEqual(cost.parallel);
  });

  it("ticks the new broker once the confirmed one runs as planned, the old one once AWS has it no more", () => {
    const observed = { attributes: single.attributes, gone: false, ruleResults: {} };
    const running = { ...observed, attributes: { ...single.attributes, deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" } };
    const provision = stepOf(plan, "replacement-provision").done;
    expect(isObservedDone(provision, { broker: observed, replacement: null })).toBe(false);
    expect(isObservedDone(provision, { broker: observed, replacement: observed })).toBe(false);
    expect(isObservedDone(provision, { broker: observed, replacement: running })).toBe(true);
    const decommission = stepOf(plan, "replacement-decommission").done;
    expect(isObservedDone(decommission, { broker: observed, replacement: running })).toBe(false);
    expect(isObservedDone(decommission, { broker: { ...observed, gone: true }, replacement: running })).toBe(true);
  });

  it("names a line that AWS still makes brokers of", () => {
    const ended = buildBroker({ attributes: { deploymentMode: "SINGLE_INSTANCE", engineVersion: "5.15.16" } });
    const steps = planOf(ended, [finding("production-highly-available")], CONTEXT);
    expect(stepOf(steps, "replacement-provision").snippets.awsCli).not.toContain("5.15");
  });
});

describe("snippets", () => {
  it("name the real broker, region, configuration and subnets", () => {
    const broker = buildBroker({ attributes: { deploymentMode: "SINGLE_INSTANCE" } });
    const { snippets } = stepOf(planOf(broker, [finding("broker-not-public")], CONTEXT), "replacement-provision");
    for (const text of Object.values(snippets)) {
      expect(text).toContain("subnet-0a");
      expect(text).toContain("sg-0a");
      expect(text).toContain("c-0a1b2c3d");
    }
    expect(snippets.awsCli).toContain("--no-publicly-accessible");
    const minor = planOf(broker, [finding("auto-minor-upgrade-enabled")], CONTEXT).steps[0];
    expect(minor?.snippets.awsCli).toBe(
      `aws mq update-broker \\\n  --region ${broker.region} \\\n  --broker-id ${broker.brokerId} \\\n  --auto-minor-version-upgrade`,
    );
    expect(minor?.snippets.terraform).toContain("auto_minor_version_upgrade = true");
    expect(minor?.snippets.cloudFormation).toContain("AutoMinorVersionUpgrade: true");
  });

  it("let no name or tag out of its quotes", () => {
    const tags = { "a'b$(rm -rf /)": `\${file("/etc/passwd")} %{ if true }\n- x` };
    const broker = buildBroker({ attributes: { tags, deploymentMode: "SINGLE_INSTANCE" } });
    const { snippets } = stepOf(planOf(broker, [finding("broker-not-public")], CONTEXT), "replacement-provision");
    expect(snippets.awsCli).toContain(`--tags '{"a'\\''b$(rm -rf /)"`);
    expect(snippets.terraform).toContain(`$\${file(`);
    expect(snippets.terraform).toContain("%%{ if true }\\n- x");
    expect(snippets.cloudFormation?.split("\n").some((line) => line.trim() === "- x")).toBe(false);
  });
});

describe("any plan", () => {
  const rules = RULES.map(({ id }) => id);
  it("covers every finding that can be put right, in an order in which it can be done, with unique keys, and comes out the same twice", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...rules), { maxLength: 12 }),
        fc.constantFrom("SINGLE_INSTANCE", "HA"),
        fc.constantFrom(
          ["ACTIVEMQ", "5.17.6", "mq.t3.micro"],
          ["ACTIVEMQ", "5.18.4", "mq.m5.large"],
          ["RABBITMQ", "3.11.28", "mq.m5.large"],
          ["RABBITMQ", "4.2.1", "mq.m7g.large"],
        ),
        (ruleIds, mode, [engine = "", engineVersion, instanceType]) => {
          const deploymentMode =
            mode === "HA" ? (engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : "ACTIVE_STANDBY_MULTI_AZ") : mode;
          const broker = buildBroker({ attributes: { engine, engineVersion, instanceType, deploymentMode } });
          const findings = ruleIds.map((ruleId) =>
            finding(ruleId, ruleId === "no-pending-action-required" ? { discriminator: "CODE" } : {}),
          );
          const plan = planOf(broker, findings, CONTEXT);
          expect(planOf(broker, findings, CONTEXT)).toEqual(plan);
          const seen = new Set<string>();
          for (const step of plan.steps) {
            for (const key of step.dependsOn) expect(seen, `${step.key} before ${key}`).toContain(key);
            expect(seen).not.toContain(step.key);
            seen.add(step.key);
            expect(step.rollBack).not.toBe("");
            if (step.interruption.reboots) expect(step.inWindow).toBe(true);
          }
          const covered = new Set(plan.steps.flatMap(({ findingIds }) => findingIds));
          const replaced = seen.has("replacement-provision");
          for (const { id, ruleId, summary } of findings) {
            const known = covered.has(id) || plan.notes.some((note) => note.includes(summary));
            // Without evidence of an obstacle there is nothing to remove; the newest line has no newer one.
            const nothing = [
              "upgrade-path-open",
              "mesh-survives-largest-loss",
              "instance-type-supported",
              "production-not-evaluation-size",
            ].includes(ruleId);
            expect(known || nothing || replaced, ruleId).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
