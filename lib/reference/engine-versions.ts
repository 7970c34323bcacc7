import { type Engine, isCoveredBy, normalizeEngine, parseEngineVersion } from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import data from "./data/engine-versions.json";
import { openReferenceFile, type Provenance, type ReferenceRow } from "./reference-row";

/** A version Amazon MQ offered at some time, or is known never to have offered. */
export interface OfferedVersion extends Provenance {
  readonly engine: Engine;
  /** As AWS writes it; two rows name ranges that were never offered ("6.x", "4.0 / 4.1"). */
  readonly version: string;
  readonly line: string;
  /** `patch`: a full patch could be chosen; `line`: only major.minor, AWS manages the patch; `never-offered`: a range AWS skipped. */
  readonly kind: "patch" | "line" | "never-offered";
  /** Day of the Amazon MQ release note, not of the upstream release; null when never offered. */
  readonly firstOfferedOn: PlainDate | null;
  readonly status: string;
  /** Whether a broker could be created on it when the data was collected. DescribeBrokerInstanceOptions is the live truth. */
  readonly creatable: boolean;
  /** Disabled by AWS after its release. */
  readonly retracted: boolean;
  /** Patches that DescribeBroker is known to have shown for a line whose patches AWS manages. */
  readonly observedPatches: readonly string[];
}

const file = openReferenceFile("engine-versions", data);

/** Every version of the release notes, in the data's order. Source: Amazon MQ release notes. */
export const OFFERED_VERSIONS: readonly OfferedVersion[] = file.rows.map(readOfferedVersion);

/** Day the data was collected. */
export const OFFERED_VERSIONS_COLLECTED_ON: PlainDate = file.collectedOn;

/** The row of exactly this version, or of the line that covers it (3.13 for 3.13.7); undefined when AWS is not known to have offered it. */
export function findOfferedVersion(engine: Engine, version: string): OfferedVersion | undefined {
  const wanted = parseEngineVersion(version);
  if (!wanted) return undefined;
  const offered = OFFERED_VERSIONS.filter((row) => row.engine === engine && row.kind !== "never-offered");
  const covering = offered.filter((row) => {
    const parsed = parseEngineVersion(row.version);
    return (
      parsed !== undefined &&
      (row.kind === "line" || parsed.parts.length === wanted.parts.length) &&
      isCoveredBy(wanted, parsed)
    );
  });
  return covering[0];
}

/** Versions of one line, oldest offer first. */
export function offeredVersionsOfLine(engine: Engine, line: string): readonly OfferedVersion[] {
  return OFFERED_VERSIONS.filter((row) => row.engine === engine && row.line === line && row.kind !== "never-offered");
}

function readOfferedVersion(row: ReferenceRow): OfferedVersion {
  const kind = row.text("version_kind");
  const firstOfferedOn = row.optionalDate("first_supported");
  const status = row.text("status_on_amazon_mq");
  return {
    engine: normalizeEngine(row.text("engine")),
    version: row.text("version"),
    line: row.text("minor_line"),
    kind: firstOfferedOn === null ? "never-offered" : kind === "patch" ? "patch" : "line",
    firstOfferedOn,
    status,
    creatable: row.flag("creatable_now"),
    retracted: status === "retracted",
    observedPatches: row.texts("observed_patches"),
    ...row.provenance,
  };
}
