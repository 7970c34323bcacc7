import type { ObservedAttributes } from "@/lib/domain/broker";
import { compareEngineVersions, engineLine, parseEngineVersion } from "@/lib/domain/engine-version";
import type { CheckedFact, CheckedValue, DoneCheck, DoneCondition } from "@/lib/domain/plan";
import { instanceFamily } from "@/lib/reference/instance-types";

/** A broker as the last sync and evaluation left it. */
export interface ObservedBroker {
  attributes: ObservedAttributes;
  gone: boolean;
  /** Rule id -> outcome of the last evaluation. */
  ruleResults: Readonly<Record<string, string>>;
}

/** What conditions are judged by. `replacement`: null where none is confirmed. */
export interface ObservedWorld {
  broker: ObservedBroker;
  replacement: ObservedBroker | null;
}

export interface CheckVerdict {
  check: DoneCheck;
  /** Null: nothing was observed that could say. */
  met: boolean | null;
  observed: CheckedValue | null;
}

/** What was observed of each check; empty for an attestation, which only a person can give. */
export function judgeChecks(done: DoneCondition, world: ObservedWorld): readonly CheckVerdict[] {
  if (done.kind === "attestation") return [];
  return done.checks.map((check) => {
    const broker = check.of === "broker" ? world.broker : world.replacement;
    const observed = broker ? factOf(check.fact, broker) : null;
    return { check, observed, met: observed === null ? null : compare(observed, check) };
  });
}

/** Whether AWS shows every check of a condition. An attestation is never met by itself. */
export function isObservedDone(done: DoneCondition, world: ObservedWorld): boolean {
  const verdicts = judgeChecks(done, world);
  return verdicts.length > 0 && verdicts.every(({ met }) => met === true);
}

/** The value of a fact; null where it was never observed, or AWS said nothing. */
function factOf(fact: CheckedFact, { attributes: a, gone, ruleResults }: ObservedBroker): CheckedValue | null {
  if (fact.startsWith("rule:")) return ruleResults[fact.slice("rule:".length)] ?? null;
  if (fact === "presence") return gone ? "gone" : "present";
  // What a broker that no longer exists last looked like proves nothing done.
  if (gone) return null;
  switch (fact) {
    case "state":
      return a.state;
    case "autoMinorVersionUpgrade":
      return a.autoMinorVersionUpgrade ?? null;
    case "engineVersion":
      return a.engineVersion ?? null;
    case "engineLine":
      return a.engineVersion ? (engineLine(a.engineVersion) ?? null) : null;
    case "instanceType":
      return a.instanceType ?? null;
    case "instanceFamily":
      return a.instanceType ? (instanceFamily(a.instanceType) ?? null) : null;
    case "deploymentMode":
      return a.deploymentMode ?? null;
    case "storageType":
      return a.storageType ?? null;
    case "publiclyAccessible":
      return a.publiclyAccessible ?? null;
    case "customerManagedKey":
      return a.encryption?.useAwsOwnedKey == null ? null : !a.encryption.useAwsOwnedKey;
    case "generalLogs":
      return a.logs?.general ?? null;
    case "auditLogs":
      return a.logs?.audit ?? null;
    case "maintenanceWindow":
      return a.maintenanceWindow
        ? [a.maintenanceWindow.dayOfWeek, a.maintenanceWindow.timeOfDay, a.maintenanceWindow.timeZone]
            .join(" ")
            .toUpperCase()
        : null;
    case "configurationRevision":
      return a.configuration
        ? Math.max(a.configuration.current?.revision ?? 0, a.configuration.pending?.revision ?? 0)
        : null;
    case "appliedConfigurationRevision":
      return a.configuration?.current?.revision ?? null;
    case "pendingChanges":
      return pendingChanges(a);
    case "actionCodes":
      return a.actionsRequired ? a.actionsRequired.map(({ code }) => code) : null;
    case "tagKeys":
      return a.tags
        ? Object.entries(a.tags)
            .filter(([, value]) => value.trim() !== "")
            .map(([key]) => key.toLowerCase())
        : null;
    default:
      return null;
  }
}

/** How many changes AWS has not applied yet: null where that was never observed. */
export function pendingChanges({ pending, configuration, users }: ObservedAttributes): number | null {
  if (!pending || configuration === undefined) return null;
  const changes = [
    pending.engineVersion,
    pending.instanceType,
    pending.authenticationStrategy,
    pending.securityGroups,
    pending.storageSizeGb,
    pending.logs,
    pending.ldap,
    configuration?.pending,
  ].filter((change) => change !== null && change !== undefined);
  return changes.length + (users ?? []).filter(({ pendingChange }) => pendingChange !== null).length;
}

function compare(observed: CheckedValue, { comparison, value }: DoneCheck): boolean {
  switch (comparison) {
    case "equals":
      return same(observed, value);
    case "differs":
      return !same(observed, value);
    case "at-least":
      return atLeast(observed, value);
    case "holds-all":
      return listOf(value).every((wanted) => listOf(observed).includes(wanted));
    case "lacks":
      return listOf(value).every((unwanted) => !listOf(observed).includes(unwanted));
  }
}

function same(a: CheckedValue, b: CheckedValue): boolean {
  return String(a).toUpperCase() === String(b).toUpperCase();
}

/** Numbers as numbers, versions part by part; anything else is never at least something. */
function atLeast(observed: CheckedValue, value: CheckedValue): boolean {
  if (typeof observed === "number" && typeof value === "number") return observed >= value;
  const [left, right] = [parseEngineVersion(String(observed)), parseEngineVersion(String(value))];
  return left !== undefined && right !== undefined && compareEngineVersions(left, right) >= 0;
}

function listOf(value: CheckedValue): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

const FACT_NAMES: Readonly<Record<string, string>> = {
  presence: "broker",
  state: "state",
  autoMinorVersionUpgrade: "automatic minor version upgrade",
  engineVersion: "engine version",
  engineLine: "engine line",
  instanceType: "instance type",
  instanceFamily: "instance family",
  deploymentMode: "deployment mode",
  storageType: "storage type",
  publiclyAccessible: "publicly accessible",
  customerManagedKey: "customer-managed key",
  generalLogs: "general logs",
  auditLogs: "audit logs",
  maintenanceWindow: "maintenance window",
  configurationRevision: "configuration revision",
  appliedConfigurationRevision: "configuration revision in force",
  pendingChanges: "changes not applied",
  actionCodes: "actions required",
  tagKeys: "tags with a value",
};
const COMPARISONS = {
  equals: "=",
  "at-least": ">=",
  differs: "is not",
  "holds-all": "hold",
  lacks: "do not hold",
} as const;

/** The condition as people read it. */
export function doneText(done: DoneCondition): string {
  if (done.kind === "attestation") return done.statement;
  return done.checks.map(checkText).join("; ");
}

function checkText({ of, fact, comparison, value }: DoneCheck): string {
  const who = of === "replacement" ? "Replacement: " : "";
  if (fact === "presence") return `${who}AWS no longer has the broker`;
  if (fact.startsWith("rule:")) return `${who}rule ${fact.slice("rule:".length)} passes`;
  return `${who}${FACT_NAMES[fact] ?? fact} ${COMPARISONS[comparison]} ${listOf(value).join(", ")}`;
}
