import { isHighlyAvailable } from "@/lib/domain/broker";
import { compareVersionTexts, engineLine } from "@/lib/domain/engine-version";
import type { PlannedStep } from "@/lib/domain/plan";
import { supportStatus } from "@/lib/lifecycle/support-status";
import { rebootInterruption } from "@/lib/reference/interruptions";
import { linesOfEngine } from "@/lib/reference/support-calendar";
import {
  autoMinorStep,
  CONFIGURATION_RULE_IDS,
  configurationStep,
  logsStep,
  rebootStep,
  windowStep,
} from "@/lib/remediation/change-steps";
import { instanceSteps } from "@/lib/remediation/instance-steps";
import { replacementSteps } from "@/lib/remediation/replacement-steps";
import { REPLACEMENT_RULES, replacementTarget, subnetNote } from "@/lib/remediation/replacement-target";
import { rebootCommand } from "@/lib/remediation/snippets";
import {
  findingsOf,
  GUIDE,
  type PlanContext,
  type PlannedBroker,
  type PlannedFinding,
  type Planning,
  snippetBroker,
  step,
} from "@/lib/remediation/step-base";
import { taskSteps } from "@/lib/remediation/task-steps";
import { LINE_RULES, versionGoal } from "@/lib/remediation/version-goal";
import { clientTest, hopSteps, patchStep } from "@/lib/remediation/version-steps";

export interface GeneratedPlan {
  /** In an order in which they can be done: what a step depends on stands before it. */
  steps: readonly PlannedStep[];
  /** What could not be planned, and what to bear in mind; plain sentences. */
  notes: readonly string[];
  /** Findings that no engine line on offer puts right, with the reason. */
  without: ReadonlyMap<number, string>;
}

/** Rules of an instance type that has to go; the ways of other rules follow below. */
const INSTANCE_RULES = [
  "instance-type-supported",
  "production-not-evaluation-size",
  "mesh-survives-largest-loss",
] as const;
/** Rules that other makers of steps take care of. All others become tasks. */
const HANDLED: ReadonlySet<string> = new Set([
  ...LINE_RULES,
  ...REPLACEMENT_RULES,
  ...INSTANCE_RULES,
  ...CONFIGURATION_RULE_IDS,
  "newest-patch-installed",
  "upgrade-path-open",
  "auto-minor-upgrade-enabled",
  "general-logs-enabled",
  "audit-logs-enabled",
  "no-pending-changes",
  "maintenance-outside-business-hours",
  "mesh-maintenance-windows-differ",
]);

/**
 * The plan that puts findings of one broker right: settings first, then what a reboot applies, the instance type, and each version hop in turn, every
 * reboot in a window of its own; or, where AWS has no way in place, a replacement broker that takes all of it over. Pure: the same input gives the same plan.
 */
export function planOf(
  broker: PlannedBroker,
  findings: readonly PlannedFinding[],
  context: PlanContext,
): GeneratedPlan {
  const planning: Planning = { broker, findings, context };
  const goal = versionGoal(planning);
  const asked = findingsOf(planning, ...REPLACEMENT_RULES);
  const noWay = goal.hops.some(({ way }) => way === "new-broker");
  const obstacle = (id: string) =>
    findingsOf(planning, "upgrade-path-open").some(({ discriminator }) => discriminator === id);
  const newBroker = asked.length > 0 || noWay || obstacle("new-broker");
  const notes = [
    ...(goal.problem ? [goal.problem] : []),
    ...goal.without.map(
      ({ summary }) => `No line that Amazon MQ offers puts this right; mitigate it or accept the risk: ${summary}`,
    ),
  ];
  const without = new Map(
    goal.without.map(({ id }) => [
      id,
      goal.problem ?? "No line that Amazon MQ offers puts it right; mitigate it or accept the risk.",
    ]),
  );
  const conditions = goal.hops.flatMap((hop) => hop.conditions);
  const unmet = (id: string) => conditions.some((condition) => condition.id === id && condition.met !== true);
  const instanceFindings = [
    ...findingsOf(planning, ...INSTANCE_RULES),
    ...findingsOf(planning, "upgrade-path-open").filter(({ discriminator }) => discriminator === "instance-family"),
  ];
  const pathFindings = findingsOf(planning, "upgrade-path-open");
  const rest = findings.filter(({ ruleId }) => !HANDLED.has(ruleId));
  const steps: PlannedStep[] = [];

  if (newBroker) {
    // Ownership and tags travel with the new broker, and so does every other task: they are done at once on the old one.
    steps.push(...taskSteps(planning, rest));
    const line = goal.hops.at(-1)?.to ?? creatableLine(planning);
    const target = replacementTarget(planning, line, instanceFindings.length > 0 || unmet("instance-family"));
    const test = line === null ? null : clientTest(planning, line);
    const covered = findings.filter(
      ({ ruleId, id }) => HANDLED.has(ruleId) && !goal.without.some((finding) => finding.id === id),
    );
    const subnets = subnetNote(planning, target);
    if (subnets) notes.push(subnets);
    if (test) steps.push(test);
    steps.push(...replacementSteps(planning, covered, target, test ? [test.key] : []));
    const drill = drillStep(planning, target.deploymentMode, "replacement-cut-over");
    if (drill) insertBefore(steps, "replacement-validate", drill);
    return { steps: ordered(steps), notes, without };
  }

  const auto = autoMinorStep(planning, unmet("auto-minor-upgrade") || obstacle("auto-minor-upgrade"));
  const window = windowStep(planning);
  steps.push(...[auto, window].filter((one) => one !== null), ...taskSteps(planning, rest));
  const pending = [configurationStep(planning), logsStep(planning)].filter((one) => one !== null);
  const reboot = rebootStep(
    planning,
    pending.map(({ key }) => key),
  );
  steps.push(...pending, ...(reboot ? [reboot] : []));
  const instance = instanceSteps(planning, instanceFindings, unmet("instance-family"));
  steps.push(...chained(instance, reboot ? [reboot.key] : []));
  const before = [
    ...(auto ? [auto.key] : []),
    ...(instance.at(-1) ? [instance.at(-1)?.key ?? ""] : reboot ? [reboot.key] : []),
  ];
  if (goal.patches.length > 0 && goal.hops.length === 0) steps.push(patchStep(planning, goal.patches, before));
  const hops = hopSteps(planning, goal.hops, [...goal.findings, ...goal.patches], before);
  steps.push(...hops);
  const last = steps.filter(({ interruption }) => interruption.reboots).at(-1);
  const drill = last ? drillStep(planning, broker.attributes.deploymentMode ?? null, last.key) : null;
  if (drill) steps.push(drill);
  if (pathFindings.length > 0 && goal.hops.length === 0)
    notes.push(
      "This plan removes what blocks the upgrade to the newest line, but does not upgrade: choose a target line to plan the upgrades as well.",
    );
  return { steps: ordered(withFindings(steps, pathFindings)), notes, without };
}

/** The line of a new broker where AWS makes none of the old one's any more: the nearest that is supported. Null: the old one's. */
function creatableLine({ broker: { attributes }, context }: Planning): string | null {
  const { engine, engineVersion } = attributes;
  const line = engineVersion ? engineLine(engineVersion) : undefined;
  if (!engine || !line) return null;
  const { calendar, today } = context;
  const { state, stage, creatable } = supportStatus({ engine, version: line, calendar, on: today });
  if (state !== "past-end-of-support" && stage !== "create-blocked" && creatable !== false) return null;
  const supported = linesOfEngine(calendar, engine).find(
    (row) =>
      compareVersionTexts(row.line, line) > 0 &&
      row.offeredSince !== null &&
      row.offeredSince <= today &&
      supportStatus({ engine, version: row.line, calendar, on: today }).state === "supported",
  );
  return supported?.line ?? null;
}

/** Findings of the upgrade path are put right by the step that removes their obstacle. */
function withFindings(steps: readonly PlannedStep[], pathFindings: readonly PlannedFinding[]): PlannedStep[] {
  const auto = pathFindings.filter(({ discriminator }) => discriminator === "auto-minor-upgrade").map(({ id }) => id);
  return steps.map((one) =>
    one.key === "auto-minor-upgrade" ? { ...one, findingIds: [...new Set([...one.findingIds, ...auto])] } : one,
  );
}

/** A drill proves what high availability promises; only production is asked for it. */
function drillStep(planning: Planning, deploymentMode: string | null, after: string): PlannedStep | null {
  const { broker, context } = planning;
  if (!context.production || isHighlyAvailable(broker.attributes.engine, deploymentMode) !== true) return null;
  return step({
    key: "fail-over-drill",
    kind: "drill",
    title: "Drill the fail-over",
    instructions:
      "Plan it in the register, reboot the broker in a window, and measure until clients work again. Record start, recovery and problems in the register: the KPIs of fail-over rest on it.",
    inWindow: true,
    interruption: rebootInterruption(deploymentMode, false),
    effortHours: 3,
    done: { kind: "attestation", statement: "A fail-over drill was run and stands in the register." },
    snippets: after.startsWith("replacement")
      ? { awsCli: null, terraform: null, cloudFormation: null }
      : { awsCli: rebootCommand(snippetBroker(broker)), terraform: null, cloudFormation: null },
    rollBack:
      "A reboot needs no way back; stop the drill where clients do not recover, and repair their connection strings.",
    dependsOn: [after],
    source: `${GUIDE}/amazon-mq-rebooting-broker.html`,
  });
}

function chained(steps: readonly PlannedStep[], after: readonly string[]): readonly PlannedStep[] {
  return steps.map((one, index) =>
    index === steps.length - 1 ? { ...one, dependsOn: [...one.dependsOn, ...after] } : one,
  );
}

function insertBefore(steps: PlannedStep[], key: string, one: PlannedStep): void {
  const at = steps.findIndex((other) => other.key === key);
  if (at < 0) return;
  steps.splice(at, 0, one);
  steps.splice(
    at + 1,
    1,
    ...steps.slice(at + 1, at + 2).map((next) => ({ ...next, dependsOn: [...next.dependsOn, one.key] })),
  );
}

/** In the order given, but never before what a step depends on; dependencies that are not in the plan are dropped. */
function ordered(steps: readonly PlannedStep[]): readonly PlannedStep[] {
  const keys = new Set(steps.map(({ key }) => key));
  const left = steps.map((one) => ({ ...one, dependsOn: one.dependsOn.filter((key) => keys.has(key)) }));
  const done = new Set<string>();
  const out: PlannedStep[] = [];
  while (left.length > 0) {
    const ready = Math.max(
      0,
      left.findIndex(({ dependsOn }) => dependsOn.every((key) => done.has(key))),
    );
    const [next] = left.splice(ready, 1);
    if (!next) break;
    done.add(next.key);
    out.push(next);
  }
  return out;
}
