import {
  compareEngineVersions,
  type Engine,
  engineLine,
  isPatchManagedByAws,
  parseEngineVersion,
} from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import { offeredVersionsOfLine } from "@/lib/reference/engine-versions";

/** Whether a newer patch of the running line was offered for the owner to choose. */
export type PatchStatus =
  /** AWS picks and applies patches of the line. */
  | { readonly state: "managed-by-aws" }
  | { readonly state: "newest"; readonly version: string }
  | { readonly state: "newer-offered"; readonly newest: string; readonly offeredOn: PlainDate; readonly source: string }
  | { readonly state: "unknown"; readonly reason: string };

/** Patch status of a version on day `on`, by the release notes. Versions that AWS took back do not count as offered. */
export function patchStatus(input: { engine: Engine; version: string; on: PlainDate }): PatchStatus {
  const { engine, version, on } = input;
  const running = parseEngineVersion(version);
  const line = running && engineLine(running);
  if (!running || !line) return { state: "unknown", reason: `"${version}" is no version` };
  const managed = isPatchManagedByAws(engine, version);
  if (managed === null) return { state: "unknown", reason: `${engine} is not known` };
  if (managed) return { state: "managed-by-aws" };
  if (running.parts.length < 3) return { state: "unknown", reason: `the patch level of ${version} was not observed` };

  const offered = offeredVersionsOfLine(engine, line).flatMap((row) => {
    const parsed = parseEngineVersion(row.version);
    return parsed && row.firstOfferedOn && row.firstOfferedOn <= on && !row.retracted
      ? [{ row, parsed, offeredOn: row.firstOfferedOn }]
      : [];
  });
  const newest = offered.sort((a, b) => compareEngineVersions(b.parsed, a.parsed))[0];
  if (!newest) return { state: "unknown", reason: `no release note of line ${line} is known` };
  return compareEngineVersions(newest.parsed, running) > 0
    ? { state: "newer-offered", newest: newest.row.version, offeredOn: newest.offeredOn, source: newest.row.source }
    : { state: "newest", version: running.text };
}
