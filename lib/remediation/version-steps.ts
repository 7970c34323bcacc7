import { engineDisplayName } from "@/lib/domain/engine-version";
import type { PlannedStep } from "@/lib/domain/plan";
import type { UpgradeHop } from "@/lib/lifecycle/upgrade-hops";
import { RABBITMQ_4_INTERRUPTION, rebootInterruption } from "@/lib/reference/interruptions";
import { rebootCommand, updateBroker } from "@/lib/remediation/snippets";
import {
  brokerShows,
  GUIDE,
  idsOf,
  observed,
  type PlannedFinding,
  type Planning,
  snippetBroker,
  step,
} from "@/lib/remediation/step-base";

/** Conditions that another step of the plan takes care of. */
const HAVE_STEPS: ReadonlySet<string> = new Set(["instance-family", "auto-minor-upgrade", "clients-compatible"]);

/** The steps of each hop: a client test in a lower environment, what only people can vouch for, and the upgrade itself in a window. */
export function hopSteps(
  planning: Planning,
  hops: readonly UpgradeHop[],
  findings: readonly PlannedFinding[],
  before: readonly string[],
): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  let previous = before;
  hops.forEach((hop, index) => {
    const last = index === hops.length - 1;
    const own = stepsOfHop(planning, hop, previous, last ? idsOf(findings) : []);
    steps.push(...own);
    previous = own.slice(-1).map(({ key }) => key);
  });
  return steps;
}

/** The test of client libraries against a line, in a lower environment. */
export function clientTest(planning: Planning, line: string): PlannedStep {
  const engine = engineDisplayName(planning.broker.attributes.engine ?? "");
  const who = planning.context.applications;
  return step({
    key: `client-test-${line}`,
    kind: "client-test",
    title: `Test the clients against ${engine} ${line} in a lower environment`,
    instructions:
      `Run the client libraries of every application against a broker of ${engine} ${line} outside production: connect, publish, consume, ` +
      `reconnect after a reboot. ${who.length > 0 ? `Registered applications: ${who.join(", ")}.` : "No application is registered as depending on this broker: ask its owner who connects."}`,
    effortHours: 8,
    done: {
      kind: "attestation",
      statement: `Client libraries were tested against ${engine} ${line} in a lower environment.`,
    },
    rollBack: "Nothing changes in AWS.",
    source: `${GUIDE}/upgrading-brokers.html`,
  });
}

function stepsOfHop(
  planning: Planning,
  hop: UpgradeHop,
  before: readonly string[],
  findingIds: readonly number[],
): readonly PlannedStep[] {
  const { broker } = planning;
  const engine = engineDisplayName(hop.engine);
  const test = clientTest(planning, hop.to);
  const conditions = hop.conditions
    .filter(({ id, kind }) => kind === "attestation" && !HAVE_STEPS.has(id))
    .map(({ id, text, source }) =>
      step({
        key: `condition-${id}-${hop.to}`,
        kind: "condition",
        title: text.split(":")[0] ?? text,
        instructions: `AWS's API does not show this: somebody who knows the broker has to say so. ${text}`,
        effortHours: 2,
        done: { kind: "attestation", statement: text },
        rollBack: "Nothing changes in AWS.",
        source,
      }),
    );
  const toVersion4 = hop.engine === "RABBITMQ" && hop.majorVersion;
  const upgrade = step({
    key: `hop-${hop.to}`,
    kind: "version-hop",
    title: `Upgrade ${engine} ${hop.from} to ${hop.to}`,
    instructions:
      `Set the engine version to ${hop.to} before the maintenance window begins; AWS upgrades the broker in it. To do it at once, reboot the broker. ` +
      (hop.majorVersion
        ? "This is a major version: read its release notes with the applications' developers first. "
        : "") +
      (hop.targetState === "past-end-of-support"
        ? `${hop.to} is past its own end of support: it is a step on the way, go on soon.`
        : ""),
    inWindow: true,
    interruption: toVersion4 ? RABBITMQ_4_INTERRUPTION : rebootInterruption(broker.attributes.deploymentMode, true),
    effortHours: 2,
    done: observed(brokerShows("engineLine", "at-least", hop.to)),
    snippets: updateBroker(snippetBroker(broker), {
      cli: [["engine-version", hop.to]],
      terraform: { engine_version: hop.to, apply_immediately: false },
      cloudFormation: { EngineVersion: hop.to },
    }),
    rollBack:
      "Amazon MQ has no way back to an older version. Going back means a new broker of the old line, as long as AWS still offers it: keep configuration, users and definitions at hand.",
    dependsOn: [...before, test.key, ...conditions.map(({ key }) => key)],
    findingIds,
    source: hop.source,
  });
  return [test, ...conditions, upgrade];
}

/** A newer patch of the running line. From lines whose patches AWS manages, a window or a reboot brings it. */
export function patchStep(
  planning: Planning,
  patches: readonly PlannedFinding[],
  before: readonly string[],
): PlannedStep {
  const { broker } = planning;
  const newest = patches.map(({ evidence }) => evidence.newestPatch).find((value) => typeof value === "string");
  const target = typeof newest === "string" ? newest : null;
  const [first, ...rest] = [...new Set(patches.map(({ ruleId }) => ruleId))].map((id) =>
    brokerShows(`rule:${id}`, "equals", "pass"),
  );
  return step({
    key: "patch",
    kind: "patch",
    title: target ? `Install patch ${target}` : "Install the newest patch of the running line",
    instructions:
      "Where AWS manages the patch level, the next maintenance window brings the newest patch and a reboot brings it at once; else set the engine version.",
    inWindow: true,
    interruption: rebootInterruption(broker.attributes.deploymentMode, false),
    effortHours: 1,
    done: target
      ? observed(brokerShows("engineVersion", "at-least", target))
      : first
        ? observed(first, ...rest)
        : { kind: "attestation", statement: "The newest patch is installed." },
    snippets: {
      ...updateBroker(snippetBroker(broker), {
        cli: [["engine-version", target ?? broker.attributes.engineVersion ?? ""]],
        terraform: target ? { engine_version: target } : null,
        cloudFormation: target ? { EngineVersion: target } : null,
      }),
      ...(target ? {} : { awsCli: rebootCommand(snippetBroker(broker)) }),
    },
    rollBack: "A patch cannot be taken back; AWS's support can be asked where it does harm.",
    dependsOn: before,
    findingIds: idsOf(patches),
    source: `${GUIDE}/upgrading-brokers.html`,
  });
}
