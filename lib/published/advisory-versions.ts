import type { Engine, KnownEngine } from "@/lib/domain/engine-version";
import { compareVersionTexts, parseEngineVersion } from "@/lib/domain/engine-version";
import type { AffectedRange } from "@/lib/reference/advisories";
import { OFFERED_VERSIONS } from "@/lib/reference/engine-versions";

/** Names under which RabbitMQ's server is known to the publishers; its clients and operators are other packages. */
const RABBITMQ_SERVER = new Set([
  "rabbitmq",
  "rabbitmq-server",
  "rabbitmq/rabbitmq-server",
  "github.com/rabbitmq/rabbitmq-server",
]);
/** Ecosystems whose versions are the project's own. Those of distributions (Debian, Alpine, Red Hat) count their own packages. */
const RABBITMQ_ECOSYSTEMS = new Set(["", "other", "erlang", "hex", "github", "bitnami", "generic"]);

/**
 * The engine that a package belongs to, or why it belongs to none. ActiveMQ Classic is Maven's org.apache.activemq:activemq-* (broker, client, web and
 * the rest go into every broker) and apache-activemq, the distribution; Artemis shares the group and is another product.
 */
export function engineOfPackage(ecosystem: string, name: string): { engine: KnownEngine } | { reason: string } {
  const [system = "", text] = [ecosystem.toLowerCase().split(":")[0], name.toLowerCase()];
  if (system === "maven") {
    const [group, artifact = ""] = text.split(":");
    if (group === "org.apache.activemq" && /^(activemq-|apache-activemq$)/.test(artifact))
      return { engine: "ACTIVEMQ" };
    if (text.includes("artemis")) return { reason: `${name} is ActiveMQ Artemis, which Amazon MQ does not offer` };
  }
  if (system === "bitnami" && text === "activemq") return { engine: "ACTIVEMQ" };
  if (RABBITMQ_ECOSYSTEMS.has(system) && RABBITMQ_SERVER.has(text)) return { engine: "RABBITMQ" };
  return {
    reason: `the package ${name || "without a name"} (${ecosystem || "no ecosystem"}) is neither ActiveMQ Classic nor the RabbitMQ server`,
  };
}

/** A version of three numbers, or more; undefined for what is none. What comes before a release (`3.13.0-rc.1`) is `early`. */
export function releaseOf(text: string): { version: string; early: boolean } | undefined {
  const [, numbers = "", suffix = ""] = /^v?(\d+(?:\.\d+){0,3})([-+].*)?$/i.exec(text.trim()) ?? [];
  if (!parseEngineVersion(numbers)) return undefined;
  const parts = numbers.split(".");
  while (parts.length < 3) parts.push("0");
  return { version: parts.join("."), early: suffix.startsWith("-") };
}

/** The version after one, counting its last number: what "up to and including" ends before. */
export function nextVersion(version: string): string {
  const parts = version.split(".");
  return [...parts.slice(0, -1), String(Number(parts.at(-1)) + 1)].join(".");
}

/**
 * A range of GitHub's words: `>= 5.17.0, < 5.17.6`, `<= 5.16.6`, `= 3.8.1`. Undefined when any part of it cannot be read.
 * Source: https://docs.github.com/en/rest/security-advisories, vulnerable_version_range.
 */
export function rangeOfWords(text: string): AffectedRange | undefined {
  let range: AffectedRange = { introduced: null, introducedInclusive: true, fixed: null };
  for (const part of text.split(",")) {
    const [, operator, word = ""] = /^\s*(>=|<=|>|<|=)\s*(\S+)\s*$/.exec(part) ?? [];
    const release = releaseOf(word);
    if (!operator || !release) return undefined;
    const { version, early } = release;
    if (operator === ">=" || operator === ">") {
      range = {
        ...range,
        introduced: isZero(version) ? null : version,
        introducedInclusive: operator === ">=" || early,
      };
    } else if (operator === "<") range = { ...range, fixed: version };
    else if (operator === "<=") range = { ...range, fixed: early ? version : nextVersion(version) };
    else range = { introduced: version, introducedInclusive: true, fixed: nextVersion(version) };
  }
  return range;
}

/** Whether a version stands for "from the beginning". */
export function isZero(version: string): boolean {
  return /^0(\.0)*$/.test(version);
}

/** Whether any line that Amazon MQ ever offered can hold a version of the ranges. */
export function concernsAmazonMq(engine: Engine, ranges: readonly AffectedRange[]): boolean {
  const lines = new Set(
    OFFERED_VERSIONS.filter((row) => row.engine === engine && row.kind !== "never-offered").map(({ line }) => line),
  );
  return [...lines].some((line) =>
    ranges.some(
      ({ introduced, fixed }) =>
        (introduced === null || compareVersionTexts(introduced, `${line}.999999`) <= 0) &&
        (fixed === null || compareVersionTexts(fixed, `${line}.0`) > 0),
    ),
  );
}
