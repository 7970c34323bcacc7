import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { ListedConfiguration } from "../../gateway";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult, itemFailure, partialResult } from "../../source-result";
import { configurationSummary, fetchConfigurations } from "./fetch";
import { normalizeConfiguration } from "./normalize";

/**
 * The configurations of a region, sorted by ARN. Complete only when every page was read and every entry understood: nothing less proves that a
 * configuration is not there. Entries whose ARN names another region are left out: some endpoints list all regions at once.
 */
export async function readConfigurationList(
  context: SourceContext,
  region: string,
): Promise<SourceResult<ListedConfiguration>> {
  const { pages, stoppedBy } = await fetchConfigurations(context, region);
  const byArn = new Map<string, ListedConfiguration>();
  const unreadable: { item: string; failure: AwsFailure }[] = [];
  for (const entry of pages.flat()) {
    try {
      const configuration = normalizeConfiguration(parseAnswer(configurationSummary, entry));
      if (isOfRegion(configuration.arn, region)) byArn.set(configuration.arn, configuration);
    } catch (error) {
      unreadable.push({ item: entryName(entry), failure: await context.failureOf(error, "mq", region) });
    }
  }
  const configurations = [...byArn.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const failures = unreadable.map(({ item, failure }) => itemFailure(item, failure));
  if (stoppedBy !== null) {
    const failure = await context.failureOf(stoppedBy, "mq", region);
    return pages.length === 0 ? failedResult(failure) : partialResult(configurations, failure, failures);
  }
  const [first] = unreadable;
  return first ? partialResult(configurations, first.failure, failures) : completeResult(configurations);
}

function isOfRegion(arn: string, region: string): boolean {
  const [prefix, , , named] = arn.split(":");
  return prefix !== "arn" || !named || named === region;
}

function entryName(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "an entry that is no configuration";
  const named = [Reflect.get(entry, "Id"), Reflect.get(entry, "Name")].find(
    (name) => typeof name === "string" && name !== "",
  );
  return typeof named === "string" ? named.slice(0, 200) : "an entry without a name";
}
