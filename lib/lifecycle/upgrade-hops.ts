import { autoMinorMandated, type Engine, engineDisplayName, engineLine } from "@/lib/domain/engine-version";
import { type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import { instanceFamily } from "@/lib/reference/instance-types";
import {
  type EngineLineSupport,
  linesOfEngine,
  SHIPPED_SUPPORT_CALENDAR,
  type SupportCalendar,
} from "@/lib/reference/support-calendar";
import { type SupportState, supportStatus } from "./support-status";

/** Something that must hold before a hop can be made. */
export interface HopCondition {
  readonly id:
    | "instance-family"
    | "auto-minor-upgrade"
    | "no-classic-queues"
    | "khepri-off"
    | "downtime-accepted"
    | "clients-compatible";
  readonly text: string;
  /** `observed`: AWS's API shows it, `met` says whether (null: not observed). `attestation`: a person has to say so; it is never ticked by itself. */
  readonly kind: "observed" | "attestation";
  readonly met: boolean | null;
  readonly source: string;
}

/** One allowed step from a line to a newer one. */
export interface UpgradeHop {
  readonly engine: Engine;
  readonly from: string;
  readonly to: string;
  /** `new-broker`: AWS had no in-place way on that day. */
  readonly way: "in-place" | "new-broker";
  readonly majorVersion: boolean;
  /** Support of the target on that day: a hop onto an ended line is a step on the way, not a destination. */
  readonly targetState: SupportState;
  readonly conditions: readonly HopCondition[];
  readonly source: string;
}

const DOCS = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide";
const INCREMENTAL = `${DOCS}/rabbitmq-version-support.html: "RabbitMQ only allows incremental version updates"`;
const V3_TO_V4 = `${DOCS}/upgrading-rabbitmq-v3-to-v4.html`;
const NEXT_SUPPORTED = `${DOCS}/activemq-version-management.html: "to the next supported major or minor version"`;

/** Day from which AWS upgrades RabbitMQ 3.13 to 4.2 in place. Source: Amazon MQ release notes, 2026-05-05. */
export const RABBITMQ_4_IN_PLACE_SINCE: PlainDate = parsePlainDate("2026-05-05");

/**
 * The hops a broker can take next on day `on`; none for the newest line and for a line the calendar does not have. RabbitMQ moves one line at a time
 * (3.13 to 4.2 and 4.2 to 4.3 included, since no line lies between on Amazon MQ); ActiveMQ moves to the next line that is not past its end.
 */
export function nextHops(input: {
  engine: Engine;
  version: string;
  instanceType?: string | null;
  autoMinorVersionUpgrade?: boolean | null;
  /** Default: the shipped one. */
  calendar?: SupportCalendar;
  on: PlainDate;
}): readonly UpgradeHop[] {
  const { engine, on } = input;
  const calendar = input.calendar ?? SHIPPED_SUPPORT_CALENDAR;
  const from = engineLine(input.version);
  const lines = linesOfEngine(calendar, engine);
  const position = lines.findIndex((row) => row.line === from);
  if (!from || position < 0) return [];

  const stateOf = (row: EngineLineSupport) => supportStatus({ engine, version: row.line, calendar, on }).state;
  const later = lines.slice(position + 1).filter((row) => row.offeredSince !== null && row.offeredSince <= on);
  const target =
    engine === "RABBITMQ" ? later[0] : (later.find((row) => stateOf(row) !== "past-end-of-support") ?? later.at(-1));
  if (!target) return [];

  const toVersion4 = engine === "RABBITMQ" && majorOf(from) < 4 && majorOf(target.line) >= 4;
  return [
    {
      engine,
      from,
      to: target.line,
      way: toVersion4 && on < RABBITMQ_4_IN_PLACE_SINCE ? "new-broker" : "in-place",
      majorVersion: majorOf(from) !== majorOf(target.line),
      targetState: stateOf(target),
      conditions: conditionsOf(input, target.line, toVersion4),
      source: toVersion4 ? V3_TO_V4 : engine === "RABBITMQ" ? INCREMENTAL : NEXT_SUPPORTED,
    },
  ];
}

/**
 * Every hop from a version to a line, in order; undefined when there is no way (an older or unknown target, or a line that hops cannot reach on
 * that day). Conditions of later hops assume the instance type and settings of today.
 */
export function upgradePath(
  input: Parameters<typeof nextHops>[0] & { toLine: string },
): readonly UpgradeHop[] | undefined {
  const path: UpgradeHop[] = [];
  let version = input.version;
  while (engineLine(version) !== input.toLine) {
    const [hop] = nextHops({ ...input, version });
    if (!hop) return undefined;
    path.push(hop);
    version = hop.to;
  }
  return path;
}

function conditionsOf(
  broker: Parameters<typeof nextHops>[0],
  target: string,
  toVersion4: boolean,
): readonly HopCondition[] {
  const conditions: HopCondition[] = [];
  if (broker.engine === "RABBITMQ" && majorOf(target) >= 4) {
    const family = broker.instanceType ? instanceFamily(broker.instanceType.toLowerCase()) : undefined;
    conditions.push({
      id: "instance-family",
      text: `RabbitMQ ${target} runs on mq.m7g only: change the instance type first.`,
      kind: "observed",
      met: family === undefined ? null : family === "mq.m7g",
      source: `${DOCS}/rmq-broker-instance-types.html`,
    });
  }
  if (autoMinorMandated(broker.engine, target)) {
    conditions.push({
      id: "auto-minor-upgrade",
      text: `${engineDisplayName(broker.engine)} ${target} demands automatic minor version upgrades: switch them on in an update of its own first.`,
      kind: "observed",
      met: broker.autoMinorVersionUpgrade ?? null,
      source: `${DOCS}/upgrading-brokers.html; https://github.com/hashicorp/terraform-provider-aws/issues/40806`,
    });
  }
  if (toVersion4) {
    conditions.push(
      attestation(
        "no-classic-queues",
        "No classic queues are left: mirrored and classic queues were migrated to quorum queues.",
        V3_TO_V4,
      ),
      attestation("khepri-off", "The Khepri metadata store is not enabled on 3.13.", V3_TO_V4),
      attestation(
        "downtime-accepted",
        "The owners accept downtime: connections are blocked while the cluster moves to 4.x.",
        V3_TO_V4,
      ),
    );
  }
  conditions.push(
    attestation(
      "clients-compatible",
      `Client libraries were tested against ${target} in a lower environment.`,
      `${DOCS}/upgrading-brokers.html`,
    ),
  );
  return conditions;
}

function attestation(id: HopCondition["id"], text: string, source: string): HopCondition {
  return { id, text, kind: "attestation", met: null, source };
}

function majorOf(line: string): number {
  return Number(line.split(".")[0]);
}
