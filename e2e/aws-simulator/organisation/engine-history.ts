import { nextWindow } from "./build-broker";
import {
  type EngineLine,
  engineLines,
  latestPatch,
  lineOf,
  lineStart,
  rabbitFourInPlaceSince,
} from "./engine-calendar";
import type { BrokerEvent, Engine, MaintenanceWindow } from "./model";
import { dayMs, dayStart, randomStream } from "./seeded";

export interface HistoryInput {
  readonly engine: Engine;
  readonly key: string;
  readonly createdAt: number;
  /** Line on which the broker was created. */
  readonly line: string;
  readonly window: MaintenanceWindow;
  readonly amvu: boolean;
  /** Whether the owner leaves a line well before its end of support or lets AWS do it. */
  readonly legacy: "early" | "forced";
  /** Line on which AWS cannot upgrade the broker, because of the state it is in. */
  readonly stuckOn?: string;
  /** The version at which it stays for good. */
  readonly heldAt?: string;
  /** When that state ends; never, if absent. */
  readonly freedAt?: number;
  /** Upgrades the owner asks for, oldest first. */
  readonly upgrades: readonly { readonly line: string; readonly at: number }[];
  readonly until: number;
}

export interface EngineHistory {
  readonly version: string;
  readonly events: readonly BrokerEvent[];
}

/** Everyone was moved to these patches in the days after 2023-10-26 (critical security update of ActiveMQ). */
const criticalPatchDay = dayStart("2023-10-26");

function change(at: number, version: string, note: string): BrokerEvent[] {
  return [
    { at, note, patch: { state: "REBOOT_IN_PROGRESS", engineVersion: version, pendingEngineVersion: null } },
    { at: at + 20 * 60_000, note: "back after the upgrade", patch: { state: "RUNNING" } },
  ];
}

function follower(engine: Engine, line: EngineLine): EngineLine | undefined {
  return line.next ? engineLines.find((entry) => entry.engine === engine && entry.line === line.next) : undefined;
}

/**
 * The engine versions of a broker over its life: patches, upgrades by the owner (pending until the next maintenance
 * window), and forced upgrades within 45 days after a line's end of support.
 */
export function engineHistory(input: HistoryInput): EngineHistory {
  const random = randomStream(`history/${input.key}`);
  const events: BrokerEvent[] = [];
  let line = lineOf(input.engine, input.line);
  let since = input.createdAt;
  const first = latestPatch(line, since);
  let version = first;
  const upgrades = [...input.upgrades];
  while (since < input.until) {
    const lead = random();
    const { leaveAt, to, note, askedAt } = nextLine(input, line, since, lead, upgrades);
    for (const patch of line.patches) {
      const released = dayStart(patch.day);
      if (released <= since || patch.version === version) continue;
      const critical = !line.managedPatches && released === criticalPatchDay;
      if (!line.managedPatches && !input.amvu && !critical) continue;
      const at = nextWindow(input.window, released + (2 + random() * 16) * dayMs);
      if (at >= Math.min(leaveAt, input.until)) break;
      if (version === input.heldAt) break;
      if (input.stuckOn === line.line && line.endOfSupport && at > dayStart(line.endOfSupport)) break;
      version = patch.version;
      events.push(...change(at, version, "AWS rolled out a patch"));
    }
    if (!to || leaveAt >= input.until || version === input.heldAt) break;
    if (askedAt !== undefined)
      events.push({ at: askedAt, note: `owner asked for ${to.line}`, patch: { pendingEngineVersion: to.line } });
    version = latestPatch(to, leaveAt);
    events.push(...change(leaveAt, version, note));
    line = to;
    since = leaveAt;
  }
  return { version: first, events };
}

interface Leave {
  readonly leaveAt: number;
  readonly to?: EngineLine;
  readonly note: string;
  readonly askedAt?: number;
}

function nextLine(
  input: HistoryInput,
  line: EngineLine,
  since: number,
  lead: number,
  upgrades: { line: string; at: number }[],
): Leave {
  const order = (name: string) =>
    engineLines.findIndex((entry) => entry.engine === input.engine && entry.line === name);
  while (upgrades[0] && order(upgrades[0].line) <= order(line.line)) upgrades.shift();
  const [asked] = upgrades;
  let leave: Leave = { leaveAt: Number.POSITIVE_INFINITY, note: "" };
  if (asked) {
    const to = lineOf(input.engine, asked.line);
    const offered = Math.max(lineStart(to) + 3 * dayMs, asked.line === "4.2" ? rabbitFourInPlaceSince : 0);
    const askedAt = Math.max(asked.at, offered, since + dayMs);
    leave = {
      leaveAt: nextWindow(input.window, askedAt + 6 * 3_600_000),
      to,
      note: `upgraded by the owner to ${to.line}`,
      askedAt,
    };
  }
  const to = follower(input.engine, line);
  if (!to) return leave;
  const end = line.endOfSupport
    ? dayStart(line.endOfSupport)
    : line.line === "3.8"
      ? dayStart("2023-06-01")
      : undefined;
  if (end === undefined) return leave;
  let forcedAt: number;
  let note = `AWS upgraded to ${to.line} after end of support`;
  if (input.stuckOn === line.line) {
    if (input.freedAt === undefined) return leave;
    forcedAt = nextWindow(input.window, input.freedAt + 2 * dayMs);
  } else if (input.legacy === "early") {
    forcedAt = nextWindow(input.window, Math.max(lineStart(to) + 7 * dayMs, end - (25 + lead * 110) * dayMs));
    note = `upgraded by the owner to ${to.line} before end of support`;
  } else forcedAt = nextWindow(input.window, end + (3 + lead * 34) * dayMs);
  const at = Math.max(forcedAt, since + dayMs);
  return at < leave.leaveAt ? { leaveAt: at, to, note } : leave;
}
