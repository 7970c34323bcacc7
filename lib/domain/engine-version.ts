/**
 * Broker engine, in AWS's upper case. Amazon MQ knows two; a value nobody knows yet is kept in upper case, shown, and matches no rule of
 * either. Source: Amazon MQ API, EngineType (real responses also write `ActiveMQ` and `RabbitMQ`).
 */
export type Engine = KnownEngine | (string & {});
export type KnownEngine = "ACTIVEMQ" | "RABBITMQ";

/** The engines the product has rules, metrics and calendars for. */
export const KNOWN_ENGINES: readonly KnownEngine[] = ["ACTIVEMQ", "RABBITMQ"];

/** A version as its numeric parts: `3.13.7` is [3, 13, 7], `3.13` is [3, 13] and says nothing about the patch. */
export interface EngineVersion {
  readonly text: string;
  readonly parts: readonly number[];
}

/** How two versions stand when they may be known to different precision. */
export type VersionRelation = "before" | "same" | "after" | "undetermined";

const VERSION = /^\d{1,9}(\.\d{1,9}){0,3}$/;

/** AWS's engine text in the one spelling used here: trimmed, upper case, without the spaces and dashes of prose ("Active MQ"). */
export function normalizeEngine(text: string): Engine {
  return text
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, "");
}

/** Whether rules for the engine exist. */
export function isKnownEngine(engine: Engine): engine is KnownEngine {
  return KNOWN_ENGINES.some((known) => known === engine);
}

/** How people write the engine: `ActiveMQ`, `RabbitMQ`, or the unknown engine as it is. */
export function engineDisplayName(engine: Engine): string {
  if (engine === "ACTIVEMQ") return "ActiveMQ";
  return engine === "RABBITMQ" ? "RabbitMQ" : engine;
}

/** The version of a text of up to four numeric parts; undefined for anything else, which callers report as unknown and never guess at. */
export function parseEngineVersion(text: string): EngineVersion | undefined {
  const trimmed = text.trim();
  return VERSION.test(trimmed) ? { text: trimmed, parts: trimmed.split(".").map(Number) } : undefined;
}

/**
 * Total order for sorting: part by part as numbers (so 5.9 comes before 5.18), a less precise version before the more precise ones it covers.
 * To decide whether one version is older, use `relateEngineVersions`: it knows when that cannot be said.
 */
export function compareEngineVersions(a: EngineVersion, b: EngineVersion): number {
  return firstDifference(a, b) ?? a.parts.length - b.parts.length;
}

/** Sort order of version texts: `compareEngineVersions`, texts that are no version last and by code point. */
export function compareVersionTexts(a: string, b: string): number {
  const [left, right] = [parseEngineVersion(a), parseEngineVersion(b)];
  if (left && right) return compareEngineVersions(left, right);
  if (left || right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether `a` is before, the same as or after `b`; `undetermined` when one is only a less precise form of the other (3.13 and 3.13.7). */
export function relateEngineVersions(a: EngineVersion, b: EngineVersion): VersionRelation {
  const difference = firstDifference(a, b);
  if (difference !== undefined) return difference < 0 ? "before" : "after";
  return a.parts.length === b.parts.length ? "same" : "undetermined";
}

/** Whether `version` is `covering` or a more precise form of it: 3.13.7 is covered by 3.13 and by 3, 3.13 is not covered by 3.13.7. */
export function isCoveredBy(version: EngineVersion, covering: EngineVersion): boolean {
  return covering.parts.length <= version.parts.length && firstDifference(version, covering) === undefined;
}

/** The `major.minor` line the support calendar is keyed by: 3.13 for 3.13.7. Undefined when the text has no such line. */
export function engineLine(version: string | EngineVersion): string | undefined {
  const parsed = typeof version === "string" ? parseEngineVersion(version) : version;
  const [major, minor] = parsed?.parts ?? [];
  return major === undefined || minor === undefined ? undefined : `${major}.${minor}`;
}

/** First lines whose patch level is AWS's business: only `major.minor` can be chosen, patches come in maintenance windows. */
const FIRST_MANAGED_LINE: Readonly<Record<KnownEngine, EngineVersion>> = {
  ACTIVEMQ: { text: "5.18", parts: [5, 18] },
  RABBITMQ: { text: "3.13", parts: [3, 13] },
};

/**
 * Whether AWS picks and applies the patches of this version (ActiveMQ from 5.18, RabbitMQ from 3.13). Null when engine or version is unknown.
 * Source: Amazon MQ developer guide, "Upgrading an Amazon MQ broker engine version".
 */
export function isPatchManagedByAws(engine: Engine, version: string): boolean | null {
  const parsed = parseEngineVersion(version);
  if (!parsed || parsed.parts.length < 2 || !isKnownEngine(engine)) return null;
  return relateEngineVersions(parsed, FIRST_MANAGED_LINE[engine]) !== "before";
}

/**
 * Whether AWS demands autoMinorVersionUpgrade on this version, so that being on says nothing about the owner's choice. Null when engine or
 * version is unknown. Source: Amazon MQ API reference, UpdateBroker: "must be set to true for ActiveMQ brokers version 5.18 and above and for
 * RabbitMQ brokers version 3.13 and above".
 */
export function autoMinorMandated(engine: Engine, version: string): boolean | null {
  return isPatchManagedByAws(engine, version);
}

function firstDifference(a: EngineVersion, b: EngineVersion): number | undefined {
  for (let index = 0; index < Math.min(a.parts.length, b.parts.length); index += 1) {
    const difference = (a.parts[index] ?? 0) - (b.parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return undefined;
}
