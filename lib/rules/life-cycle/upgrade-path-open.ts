import { engineDisplayName, engineLine, isKnownEngine } from "@/lib/domain/engine-version";
import type { Severity } from "@/lib/domain/finding";
import { supportStatus } from "@/lib/lifecycle/support-status";
import { nextHops, type UpgradeHop } from "@/lib/lifecycle/upgrade-hops";
import { linesOfEngine } from "@/lib/reference/support-calendar";
import {
  defineRule,
  notApplicable,
  pass,
  type RuleContext,
  type RuleFailure,
  unknown,
  type With,
} from "@/lib/rules/define-rule";

/** One finding per obstacle. Conditions that AWS's API does not show (classic queues, Khepri, clients) are named, and never fail. */
export const upgradePathOpen = defineRule({
  id: "upgrade-path-open",
  version: 1,
  title: "The way to the newest line is open",
  severity: "medium",
  category: "life-cycle",
  rationale:
    "An upgrade that needs something else first (another instance family, a setting in an update of its own, a replacement broker) takes weeks, and is " +
    "usually found out when the end of support is near. RabbitMQ moves one line at a time, so several hops, each with its maintenance window, may be needed.",
  remediation:
    "Remove the obstacle now, while there is time: change the instance type to mq.m7g (aws mq update-broker --broker-id <id> --host-instance-type " +
    "mq.m7g.large), turn automatic minor version upgrades on in an update of its own, or plan a replacement broker where there is no way in place.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Upgrading RabbitMQ 3 to 4",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-rabbitmq-v3-to-v4.html",
    },
    {
      kind: "aws",
      id: "Upgrading an Amazon MQ broker engine version",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html",
    },
    { kind: "other", id: "hashicorp/terraform-provider-aws#40806" },
  ],
  needs: ["engine", "engineVersion", "instanceType", "autoMinorVersionUpgrade"],
  judges: ["engineVersion", "instanceType", "autoMinorVersionUpgrade"],
  judged: ({ attributes: { engineVersion, instanceType, autoMinorVersionUpgrade } }, discriminator) =>
    discriminator === "instance-family"
      ? [engineLine(engineVersion ?? "") ?? null, instanceType]
      : discriminator === "auto-minor-upgrade"
        ? [engineLine(engineVersion ?? "") ?? null, autoMinorVersionUpgrade]
        : [engineLine(engineVersion ?? "") ?? null],
  replicas: "judged",
  basis: ({ attributes: { engine } }, { calendar }) =>
    linesOfEngine(calendar, engine).map(({ line, endOfSupport }) => [line, endOfSupport]),
  examples: [
    { title: "ActiveMQ one line behind, everything ready", attributes: { engineVersion: "5.18.4" }, expect: "pass" },
    {
      title: "RabbitMQ 3.13 on mq.m7g",
      attributes: { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m7g.large" },
      expect: "pass",
    },
    {
      title: "RabbitMQ 3.13 on mq.m5",
      attributes: { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m5.large" },
      expect: "fail",
    },
    {
      title: "older ActiveMQ without automatic minor upgrades",
      attributes: { engineVersion: "5.17.6", autoMinorVersionUpgrade: false },
      expect: "fail",
    },
    {
      title: "RabbitMQ 3.13 before the way in place existed",
      attributes: { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m7g.large" },
      today: "2026-01-15",
      expect: "fail",
    },
    { title: "newest line", attributes: { engineVersion: "5.19.10" }, expect: "not-applicable" },
    { title: "line that no calendar has", attributes: { engineVersion: "9.9.1" }, expect: "unknown" },
    {
      title: "instance type that AWS did not tell",
      attributes: { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: null },
      expect: "unknown",
    },
    { title: "never described", withhold: ["engineVersion"], expect: "unknown" },
  ],
  evaluate(broker, context) {
    const { engine, engineVersion } = broker.attributes;
    const line = engineVersion === null ? undefined : engineLine(engineVersion);
    if (!isKnownEngine(engine) || !line) return unknown("No line is known from which an upgrade would start.");
    if (!linesOfEngine(context.calendar, engine).some((row) => row.line === line)) {
      return unknown(`${engineDisplayName(engine)} ${line} is in no calendar, so the way on from it is not known.`);
    }
    const hops = pathOf(broker, line, context);
    const target = hops.at(-1);
    if (!target) return notApplicable(`${engineDisplayName(engine)} ${line} is the newest line that Amazon MQ offers.`);
    const way = [line, ...hops.map(({ to }) => to)].join(" -> ");
    const [first, ...rest] = obstaclesOf(hops).map((obstacle) => failureOf(obstacle, broker, way, hops, context));
    if (first) return { kind: "fail", failures: [first, ...rest] };
    const open = hops
      .flatMap(({ conditions }) => conditions)
      .find(({ kind, met }) => kind === "observed" && met === null);
    if (open) return unknown(`Whether the way ${way} is open is not known. ${open.text}`);
    const attested = new Set(
      hops.flatMap(({ conditions }) => conditions.filter(({ kind }) => kind === "attestation").map(({ id }) => id)),
    );
    return pass(
      `The way ${way} is open as far as AWS shows it; ${attested.size} more conditions are for the owner to check.`,
    );
  },
});

function pathOf(
  {
    attributes: { engine, instanceType, autoMinorVersionUpgrade },
  }: With<"engine" | "instanceType" | "autoMinorVersionUpgrade">,
  line: string,
  { calendar, today }: RuleContext,
): readonly UpgradeHop[] {
  const hops: UpgradeHop[] = [];
  for (let version = line; ; ) {
    const [hop] = nextHops({ engine, version, instanceType, autoMinorVersionUpgrade, calendar, on: today });
    if (!hop) return hops;
    hops.push(hop);
    version = hop.to;
  }
}

interface Obstacle {
  id: string;
  text: string;
  hop: UpgradeHop;
  source: string;
}

/** The first hop at which each obstacle stands. */
function obstaclesOf(hops: readonly UpgradeHop[]): readonly Obstacle[] {
  const found = new Map<string, Obstacle>();
  const add = (obstacle: Obstacle) => found.set(obstacle.id, found.get(obstacle.id) ?? obstacle);
  for (const hop of hops) {
    if (hop.way === "new-broker") {
      const text = `AWS has no way in place from ${hop.from} to ${hop.to}: it takes a replacement broker.`;
      add({ id: "new-broker", text, hop, source: hop.source });
    }
    for (const { id, kind, met, text, source } of hop.conditions) {
      if (kind === "observed" && met === false) add({ id, text, hop, source });
    }
  }
  return [...found.values()];
}

function failureOf(
  obstacle: Obstacle,
  { attributes }: With<"engine" | "engineVersion" | "instanceType" | "autoMinorVersionUpgrade">,
  way: string,
  hops: readonly UpgradeHop[],
  { calendar, today }: RuleContext,
): RuleFailure {
  const { engine, engineVersion, instanceType, autoMinorVersionUpgrade } = attributes;
  const { state } = supportStatus({ engine, version: engineVersion, calendar, on: today });
  const severity: Severity = state === "ending" || state === "past-end-of-support" ? "high" : "medium";
  return {
    discriminator: obstacle.id,
    summary: `The way ${way} (${hops.length} ${hops.length === 1 ? "hop" : "hops"}) is blocked before ${obstacle.hop.to}. ${obstacle.text}`,
    evidence: {
      engine,
      engineVersion,
      instanceType,
      autoMinorVersionUpgrade,
      way,
      hops: hops.length,
      blockedHop: `${obstacle.hop.from} -> ${obstacle.hop.to}`,
      obstacle: obstacle.text,
      supportState: state,
      source: obstacle.source,
    },
    severity,
  };
}
