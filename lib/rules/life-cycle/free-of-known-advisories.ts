import { engineDisplayName, isKnownEngine } from "@/lib/domain/engine-version";
import type { Severity } from "@/lib/domain/finding";
import { SHARED_ADVISORIES, severityRank } from "@/lib/domain/finding";
import type { PlainDate } from "@/lib/domain/plain-date";
import { type AdvisoryMatch, matchAdvisories } from "@/lib/lifecycle/advisory-match";
import { ADVISORIES_COMPLETE_UNTIL, type AdvisoryBook } from "@/lib/reference/advisories";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import {
  defineRule,
  pass,
  type RuleContext,
  type RuleFailure,
  type RuleOutcome,
  unknown,
} from "@/lib/rules/define-rule";

/** A publisher that gave no severity did not say "low": such an advisory ranks in the middle, and the finding says that it is unrated. */
const UNRATED_RANKS_AS: Severity = "medium";

/**
 * One finding per advisory of the severity that the policy names or worse, and one for all less severe ones together: a single broker can match eighty,
 * all put right by one upgrade. With the threshold at 1 each has its own.
 *
 * An advisory matches when its affected range holds the running version. One that does not mention the line says nothing about it, which is
 * not the same as safe: a broker passes only when every advisory of its engine assesses its line and none matches.
 */
export const freeOfKnownAdvisories = defineRule({
  id: "free-of-known-advisories",
  version: 1,
  title: "No security advisory matches the running version",
  severity: "high",
  category: "life-cycle",
  rationale:
    "Published flaws of ActiveMQ and RabbitMQ are tried against every reachable broker within days. An upstream advisory that matches the running " +
    "version is the best that can be known from outside: AWS does not say which fixes it backports.",
  remediation:
    "Move to a line and patch that has the fix (the finding names them); where AWS manages patches, the next maintenance window or a reboot brings " +
    "the newest. Where no line that Amazon MQ offers has the fix, mitigate: no public access, narrow security groups, separate users, and accept " +
    "the rest with an expiry.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Upgrading an Amazon MQ broker engine version",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html",
    },
    {
      kind: "other",
      id: "Apache ActiveMQ security advisories",
      url: "https://activemq.apache.org/security-advisories",
    },
    { kind: "other", id: "RabbitMQ security advisories", url: "https://www.rabbitmq.com/security-advisories" },
    {
      kind: "other",
      id: "CISA known exploited vulnerabilities",
      url: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog",
    },
  ],
  needs: ["engine", "engineVersion"],
  judges: ["engineVersion"],
  replicas: "judged",
  basis: ({ attributes: { engine } }, { advisories, policy }) => ({
    advisories: advisories.rows.length,
    ...(advisories.additions === null ? {} : { additions: advisories.additions }),
    until: isKnownEngine(engine) ? ADVISORIES_COMPLETE_UNTIL[engine] : null,
    leastSeverity: policy.threshold("free-of-known-advisories.least-severity"),
  }),
  examples: [
    {
      title: "RabbitMQ patch that every advisory assesses and none affects",
      attributes: { engine: "RABBITMQ", engineVersion: "4.3.5" },
      expect: "pass",
    },
    { title: "ActiveMQ 5.17.6, upstream out of support", attributes: { engineVersion: "5.17.6" }, expect: "fail" },
    {
      title: "RabbitMQ 3.13.7, fixed in commercial builds alone",
      attributes: { engine: "RABBITMQ", engineVersion: "3.13.7" },
      expect: "fail",
    },
    {
      title: "before the first advisory",
      attributes: { engineVersion: "5.18.4" },
      today: "2020-12-01",
      expect: "pass",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    {
      title: "only the line is known",
      attributes: { engine: "RABBITMQ", engineVersion: "4.3" },
      expect: "unknown",
    },
    {
      title: "line that no advisory mentions any more",
      attributes: { engine: "RABBITMQ", engineVersion: "3.12.13" },
      expect: "unknown",
    },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
    { title: "never described", withhold: ["engineVersion"], expect: "unknown" },
  ],
  evaluate(broker, context) {
    const { engine, engineVersion } = broker.attributes;
    if (engineVersion === null) return unknown("AWS did not tell the engine version.");
    if (!isKnownEngine(engine)) return unknown(`No advisories of ${engineDisplayName(engine)} are at hand.`);
    return remembered(engine, engineVersion, context);
  },
});

/** A fleet runs a few dozen versions: matched once per calendar, advisories, day and threshold, not once per broker. */
const outcomes = new WeakMap<
  SupportCalendar,
  { advisories: AdvisoryBook; today: PlainDate; least: number; byVersion: Map<string, RuleOutcome> }
>();

function remembered(
  engine: "ACTIVEMQ" | "RABBITMQ",
  version: string,
  { calendar, advisories, today, policy }: RuleContext,
): RuleOutcome {
  const least = policy.threshold("free-of-known-advisories.least-severity");
  let known = outcomes.get(calendar);
  if (known?.today !== today || known.least !== least || known.advisories !== advisories) {
    known = { advisories, today, least, byVersion: new Map() };
    outcomes.set(calendar, known);
  }
  const key = `${engine} ${version}`;
  const outcome =
    known.byVersion.get(key) ??
    judge(
      matchAdvisories({ engine, version, calendar, advisories: advisories.rows, on: today }),
      engine,
      version,
      least,
      advisories,
    );
  known.byVersion.set(key, outcome);
  return outcome;
}

function judge(
  matches: readonly AdvisoryMatch[],
  engine: "ACTIVEMQ" | "RABBITMQ",
  version: string,
  least: number,
  { additions }: AdvisoryBook,
): RuleOutcome {
  const isOwn = (match: AdvisoryMatch) => severityRank(severityOf(match)) >= least;
  const affected = matches.filter(({ outcome }) => outcome === "affected");
  const open = matches.filter(({ outcome }) => outcome !== "affected");
  const others = affected.filter((match) => !isOwn(match));
  const failures = [
    ...affected.filter(isOwn).map((match) => failureOf(match, engine, version)),
    ...(others.length > 0 ? [sharedFailure(others, engine, version)] : []),
  ];
  const undecided = [
    ...open.map(({ advisory }) => advisory.id),
    ...(others.length === 0 && open.some((match) => !isOwn(match)) ? [SHARED_ADVISORIES] : []),
  ];
  const [first, ...rest] = failures;
  if (first) return { kind: "fail", failures: [first, ...rest], undecided };
  const what = `${engineDisplayName(engine)} ${version}`;
  const until =
    `Advisory data is complete until ${ADVISORIES_COMPLETE_UNTIL[engine]}` +
    (additions === null ? "." : "; imported advisories are judged beside it.");
  if (matches.length === 0) return pass(`No upstream advisory matches ${what}. ${until}`);
  const patch = open.filter(({ outcome }) => outcome === "unknown-patch").length;
  const reason =
    patch > 0
      ? `${patch} advisories are fixed in a later patch of the line, and the patch level of ${what} is not known.`
      : `${open.length} of the advisories ${open.length === 1 ? "says" : "say"} nothing about the line of ${what}: not assessed, which is not safe.`;
  return { kind: "unknown", reason: `${reason} ${until}`, undecided };
}

function sharedFailure(
  matches: readonly AdvisoryMatch[],
  engine: "ACTIVEMQ" | "RABBITMQ",
  version: string,
): RuleFailure {
  const [worst] = matches.map(severityOf).sort((a, b) => severityRank(b) - severityRank(a));
  const fixed = new Set(matches.flatMap(({ fixOptions }) => fixOptions.map(({ line }) => line)));
  const what = `${engineDisplayName(engine)} ${version}`;
  const count = (severity: Severity) => matches.filter((match) => severityOf(match) === severity).length;
  const parts = (["critical", "high", "medium", "low"] as const).flatMap((severity) =>
    count(severity) > 0 ? [`${count(severity)} ${severity}`] : [],
  );
  const noFix = fixed.size === 0;
  return {
    discriminator: SHARED_ADVISORIES,
    summary:
      `${what} lies in affected ranges of ${matches.length} more upstream advisories (${parts.join(", ")}; AWS does not publish what it backports). ` +
      (noFix
        ? "No line that Amazon MQ offers has the fixes: mitigate."
        : `Lines with fixes: ${[...fixed].join(", ")}.`),
    evidence: {
      engine,
      engineVersion: version,
      advisories: matches.map(({ advisory }) => advisory.id).sort(),
      fixOnAmazonMq: noFix ? "no fix on Amazon MQ" : [...fixed].join(", "),
      grade: matches.length,
    },
    severity: worst,
    ...(noFix ? { outsideSla: true } : {}),
  };
}

function severityOf({ severity }: AdvisoryMatch): Severity {
  return severity === "unrated" ? UNRATED_RANKS_AS : severity;
}

function failureOf(match: AdvisoryMatch, engine: "ACTIVEMQ" | "RABBITMQ", version: string): RuleFailure {
  const { advisory, fixOptions, knownExploited } = match;
  const noFix = fixOptions.length === 0;
  const rated = match.severity === "unrated" ? " Its publisher gave it no severity." : "";
  const exploited = knownExploited ? " It is known to be exploited." : "";
  return {
    discriminator: advisory.id,
    summary: `${advisory.id}: ${endSentence(advisory.title)} ${match.explanation}${exploited}${rated}`,
    evidence: {
      advisory: advisory.id,
      engine,
      engineVersion: version,
      title: advisory.title,
      publishedOn: advisory.publishedOn,
      publisherSeverity: advisory.severityText,
      knownExploited,
      fixOnAmazonMq: noFix ? "no fix on Amazon MQ" : fixOptions.map(({ line, fixedIn }) => fixedIn ?? line).join(", "),
      url: advisory.url,
      source: advisory.source,
    },
    severity: severityOf(match),
    ...(noFix ? { outsideSla: true } : {}),
  };
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
