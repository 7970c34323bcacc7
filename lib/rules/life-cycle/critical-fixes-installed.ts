import {
  engineDisplayName,
  isKnownEngine,
  parseEngineVersion,
  relateEngineVersions,
} from "@/lib/domain/engine-version";
import { RELEASE_NOTE_FIXES, RELEASE_NOTES_COLLECTED_ON, type ReleaseNoteFix } from "@/lib/reference/release-notes";
import { defineRule, pass, type RuleFailure, unknown } from "@/lib/rules/define-rule";

/** One finding per release note: what AWS itself called critical, or gave as a reason to upgrade, and the running version lacks. */
export const criticalFixesInstalled = defineRule({
  id: "critical-fixes-installed",
  version: 1,
  title: "Fixes that AWS's release notes call for are installed",
  severity: "high",
  category: "life-cycle",
  rationale:
    "Now and then a release note of Amazon MQ names a critical update, a performance or TLS fix, or a version it took back, and asks to upgrade. A broker " +
    "that stayed behind runs with a problem that AWS has told everybody about.",
  remediation:
    "Upgrade to the version that the finding names, or to any newer line, in the next maintenance window. Where the line has reached its end of " +
    "support, plan the upgrade of the line instead: it brings the fix too.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Amazon MQ release notes",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-release-notes.html",
    },
  ],
  needs: ["engine", "engineVersion"],
  judges: ["engineVersion"],
  replicas: "judged",
  basis: () => ({ releaseNotes: RELEASE_NOTES_COLLECTED_ON, notes: RELEASE_NOTE_FIXES.length }),
  examples: [
    { title: "ActiveMQ with the critical update of its line", attributes: { engineVersion: "5.17.6" }, expect: "pass" },
    { title: "ActiveMQ without it", attributes: { engineVersion: "5.17.3" }, expect: "fail" },
    {
      title: "RabbitMQ before queues became lazy",
      attributes: { engine: "RABBITMQ", engineVersion: "3.11.28" },
      expect: "fail",
    },
    {
      title: "before the note was published",
      attributes: { engineVersion: "5.17.3" },
      today: "2023-10-25",
      expect: "pass",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "patch not known", attributes: { engineVersion: "5.17" }, expect: "unknown" },
    { title: "never described", withhold: ["engineVersion"], expect: "unknown" },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
  ],
  evaluate({ attributes: { engine, engineVersion } }, { today }) {
    if (engineVersion === null) return unknown("AWS did not tell the engine version.");
    if (!isKnownEngine(engine)) return unknown(`No release notes of ${engineDisplayName(engine)} are at hand.`);
    const notes = RELEASE_NOTE_FIXES.filter((note) => note.engine === engine && note.publishedOn <= today);
    const lacking = notes.filter((note) => lacks(engineVersion, note) === true);
    const undecided = notes.filter((note) => lacks(engineVersion, note) === null).map(({ id }) => id);
    const [first, ...rest] = lacking.map((note) => failureOf(note, engineVersion));
    if (first) return { kind: "fail", failures: [first, ...rest], undecided };
    const what = `${engineDisplayName(engine)} ${engineVersion}`;
    if (undecided.length > 0) {
      return {
        kind: "unknown",
        reason: `Whether ${what} has the fixes of its line is not known: no patch level.`,
        undecided,
      };
    }
    return pass(`${what} lacks nothing that a release note called for (as of ${RELEASE_NOTES_COLLECTED_ON}).`);
  },
});

/** Null where versions of different precision leave it open. */
function lacks(text: string, { introduced, fixed }: ReleaseNoteFix): boolean | null {
  const [running, first, last] = [text, introduced ?? "0", fixed].map(parseEngineVersion);
  if (!running || !first || !last) return null;
  const toFixed = relateEngineVersions(running, last);
  const toIntroduced = relateEngineVersions(running, first);
  if (toFixed === "after" || toFixed === "same" || toIntroduced === "before") return false;
  return toFixed === "undetermined" ? null : true;
}

const KINDS: Readonly<Record<ReleaseNoteFix["kind"], string>> = {
  security: "a critical update",
  performance: "a performance fix",
  tls: "a TLS fix",
  defect: "the fix of a defect for which AWS took the version back",
};

function failureOf(note: ReleaseNoteFix, engineVersion: string): RuleFailure {
  return {
    discriminator: note.id,
    summary: `${engineDisplayName(note.engine)} ${engineVersion} lacks ${KINDS[note.kind]} of ${note.fixed} (${note.publishedOn}). ${note.text}`,
    evidence: {
      engine: note.engine,
      engineVersion,
      fixedIn: note.fixed,
      kind: note.kind,
      publishedOn: note.publishedOn,
      note: note.text,
      source: note.source,
    },
    severity: note.kind === "performance" ? "medium" : "high",
  };
}
