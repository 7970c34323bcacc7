import { type Engine, normalizeEngine } from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import data from "./data/release-notes.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** A fix that a release note of Amazon MQ names as critical or as a reason to upgrade. */
export interface ReleaseNoteFix extends Provenance {
  readonly id: string;
  readonly engine: Engine;
  readonly kind: "security" | "performance" | "tls" | "defect";
  readonly publishedOn: PlainDate;
  /** First version without the fix; null: every earlier one. */
  readonly introduced: string | null;
  /** First version with it. */
  readonly fixed: string;
  readonly text: string;
}

const file = openReferenceFile("release-notes", data);

/** Every such fix. Source: Amazon MQ release notes. */
export const RELEASE_NOTE_FIXES: readonly ReleaseNoteFix[] = file.rows.map((row) => ({
  id: row.text("id"),
  engine: normalizeEngine(row.text("engine")),
  kind: row.oneOf("kind", ["security", "performance", "tls", "defect"]),
  publishedOn: row.date("published"),
  introduced: row.optionalText("introduced"),
  fixed: row.text("fixed"),
  text: row.text("text"),
  ...row.provenance,
}));

/** Day up to which release notes were read. */
export const RELEASE_NOTES_COLLECTED_ON: PlainDate = file.collectedOn;
