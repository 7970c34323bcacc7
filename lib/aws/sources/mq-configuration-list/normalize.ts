import { normalizeEngine } from "@/lib/domain/engine-version";
import type { ListedConfiguration } from "../../gateway";
import { instantText, isRevision } from "../../normalize-values";
import type { ConfigurationSummary } from "./fetch";

/** What the listing tells of a configuration. A latest revision that is none (absent, negative) is not told. */
export function normalizeConfiguration(summary: ConfigurationSummary): ListedConfiguration {
  const latest = summary.LatestRevision?.Revision;
  return {
    arn: summary.Arn,
    id: summary.Id,
    name: summary.Name || summary.Id,
    engine: summary.EngineType ? normalizeEngine(summary.EngineType) : null,
    engineVersion: summary.EngineVersion || null,
    latestRevision: isRevision(latest) ? latest : null,
    latestRevisionAt: instantOf(summary.LatestRevision?.Created),
    createdAt: instantOf(summary.Created),
  };
}

function instantOf(value: string | number | null | undefined): Date | null {
  const text = instantText(value);
  return text === null ? null : new Date(text);
}
