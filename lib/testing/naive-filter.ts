import type { BrokerItem } from "@/lib/contracts/brokers";
import type { FilterToken } from "@/lib/contracts/common";
import type { FindingItem } from "@/lib/contracts/findings";
import { SEVERITIES } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";

/** How a property compares. */
export type NaiveKind = "text" | "number" | "version" | "day" | "instant" | "severity" | "yes-no";

/** A property as somebody would write it who has all items at hand: the value as text, null where there is none. */
export interface NaiveProperty<T> {
  kind: NaiveKind;
  of: (item: T) => string | null;
}

type Properties<T> = Readonly<Record<string, NaiveProperty<T>>>;

const OPERATORS: Readonly<Record<NaiveKind, readonly FilterToken["operator"][]>> = {
  text: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  number: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  version: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  day: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  instant: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  severity: ["=", "!=", ":", "!:", ">=", "<=", ">", "<"],
  "yes-no": ["=", "!="],
};

/** Operators that a property of the kind knows. */
export function operatorsOf(kind: NaiveKind): readonly FilterToken["operator"][] {
  return OPERATORS[kind];
}

const known = (value: boolean | null): string => (value === null ? "unknown" : String(value));

export const NAIVE_BROKER: Properties<BrokerItem> = {
  name: { kind: "text", of: (b) => b.name },
  id: { kind: "text", of: (b) => b.id },
  arn: { kind: "text", of: (b) => b.arn },
  account: { kind: "text", of: (b) => b.accountId },
  region: { kind: "text", of: (b) => b.region },
  engine: { kind: "text", of: (b) => b.engine },
  engineVersion: { kind: "version", of: (b) => b.engineVersion },
  engineLine: { kind: "version", of: (b) => b.engineLine ?? "unknown" },
  deploymentMode: { kind: "text", of: (b) => b.deploymentMode },
  instanceType: { kind: "text", of: (b) => b.instanceType },
  storageType: { kind: "text", of: (b) => b.storageType },
  state: { kind: "text", of: (b) => b.state },
  presence: { kind: "text", of: (b) => b.presence },
  environment: { kind: "text", of: (b) => b.environment },
  environmentSource: { kind: "text", of: (b) => b.environmentSource },
  countsAsProduction: { kind: "text", of: (b) => String(b.countsAsProduction) },
  owner: { kind: "text", of: (b) => b.owner?.key ?? "(none)" },
  ownerSource: { kind: "text", of: (b) => b.owner?.source ?? "none" },
  supportStatus: { kind: "text", of: (b) => b.support.status },
  supportStage: { kind: "text", of: (b) => b.support.stage },
  endOfSupport: { kind: "day", of: (b) => b.support.endOfSupport },
  publiclyAccessible: { kind: "text", of: (b) => known(b.publiclyAccessible) },
  autoMinorVersionUpgrade: { kind: "text", of: (b) => known(b.autoMinorVersionUpgrade) },
  highlyAvailable: { kind: "text", of: (b) => known(b.highlyAvailable) },
  severity: { kind: "severity", of: (b) => b.worstSeverity ?? "none" },
  openFindings: { kind: "number", of: (b) => String(b.openFindings) },
  monthlyCost: { kind: "number", of: (b) => b.monthlyCost?.amount ?? null },
  createdAt: { kind: "instant", of: (b) => b.createdAt },
  firstSeenAt: { kind: "instant", of: (b) => b.firstSeenAt },
  observedAt: { kind: "instant", of: (b) => b.observedAt },
  stale: { kind: "yes-no", of: (b) => String(b.stale) },
};

export const NAIVE_FINDING: Properties<FindingItem> = {
  rule: { kind: "text", of: (f) => f.ruleId },
  category: { kind: "yes-no", of: (f) => f.category },
  severity: { kind: "severity", of: (f) => f.severity },
  state: { kind: "text", of: (f) => f.state },
  closeCause: { kind: "text", of: (f) => f.closeCause },
  account: { kind: "text", of: (f) => f.accountId },
  region: { kind: "text", of: (f) => f.region },
  engine: { kind: "text", of: (f) => f.engine },
  engineVersion: { kind: "version", of: (f) => f.engineVersion },
  environment: { kind: "text", of: (f) => f.environment },
  owner: { kind: "text", of: (f) => f.owner?.key ?? "(none)" },
  broker: { kind: "text", of: (f) => f.brokerName },
  brokerId: { kind: "text", of: (f) => f.brokerId },
  subjectType: { kind: "text", of: (f) => f.subjectType },
  summary: { kind: "text", of: (f) => f.summary },
  openedAt: { kind: "instant", of: (f) => f.openedAt },
  firstOpenedAt: { kind: "instant", of: (f) => f.firstOpenedAt },
  closedAt: { kind: "instant", of: (f) => f.closedAt },
  dueOn: { kind: "day", of: (f) => f.dueOn },
  overdue: { kind: "yes-no", of: (f) => String(f.overdue) },
  recurring: { kind: "text", of: (f) => String(f.recurring) },
  assignee: { kind: "text", of: (f) => f.assignee },
  targetOn: { kind: "day", of: (f) => f.targetOn },
  dueMoved: { kind: "text", of: (f) => String(f.dueMoved) },
  fixClaimed: { kind: "yes-no", of: (f) => String(f.fixClaimedAt !== null) },
};

/** The property of a name; of a tag, where the name is one. */
export function naiveBrokerProperty(name: string): NaiveProperty<BrokerItem> {
  if (name.startsWith("tag.")) {
    const key = decodeURIComponent(name.slice("tag.".length));
    return { kind: "text", of: (b) => (Object.hasOwn(b.tags, key) ? (b.tags[key] ?? null) : null) };
  }
  const property = NAIVE_BROKER[name];
  if (!property) throw new Error(`no broker property ${name}`);
  return property;
}

/** Whether an item meets a token, decided without a database. */
export function naiveMatch<T>(property: NaiveProperty<T>, { operator, value }: FilterToken, item: T): boolean {
  const actual = property.of(item);
  if (operator === ":" || operator === "!:")
    return (actual ?? "").toLowerCase().includes(value.toLowerCase()) === (operator === ":");
  if (operator === "!=") return !naiveMatch(property, { property: "", operator: "=", value }, item);
  if (operator === "=" && value === "") return actual === null || actual === "";
  const order = actual === null ? null : compare(property.kind, actual, value);
  if (order === null) return operator === "=" && property.kind === "version" && actual === value;
  switch (operator) {
    case "=":
      return order === 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
  }
}

/** Order of a value and a wanted one (a version or day in part stands for all that begin with it); null where they cannot be compared. */
function compare(kind: NaiveKind, actual: string, wanted: string): number | null {
  switch (kind) {
    case "number":
      return new Decimal(actual).cmp(wanted);
    case "version": {
      const [a, b] = [parts(actual), parts(wanted)];
      return a && b ? compareParts(a.slice(0, b.length), b) : null;
    }
    case "severity":
      return rank(actual) - rank(wanted);
    case "instant":
      return wanted.length === 10 ? byText(actual.slice(0, 10), wanted) : Date.parse(actual) - Date.parse(wanted);
    default:
      return byText(actual.toLowerCase(), wanted.toLowerCase());
  }
}

/** Order of two items by a property; what is not known comes first, but days and instants that never come, last. */
export function naiveOrder<T>(property: NaiveProperty<T>, a: T, b: T, unknownLast: boolean): number {
  const [left, right] = [property.of(a), property.of(b)];
  if (left === null || right === null) {
    if (left === right || property.kind === "text")
      return byText(left?.toLowerCase() ?? "", right?.toLowerCase() ?? "");
    return (left === null) === unknownLast ? 1 : -1;
  }
  if (property.kind === "version") return compareParts(parts(left) ?? [], parts(right) ?? []);
  return compare(property.kind, left, right) ?? 0;
}

function parts(version: string): number[] | null {
  return /^\d+(\.\d+)*$/.test(version) ? version.split(".").map(Number) : null;
}

function compareParts(a: readonly number[], b: readonly number[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part !== other) return part - other;
  }
  return a.length - b.length;
}

function rank(severity: string): number {
  return ["none", ...SEVERITIES].indexOf(severity.toLowerCase());
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
