import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { ListedBroker } from "../../gateway";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult, itemFailure, partialResult } from "../../source-result";
import { brokerSummary, fetchBrokers } from "./fetch";
import { normalizeListedBroker } from "./normalize";

/**
 * The brokers of a region, sorted by ARN. Complete only when every page was read and every entry understood: nothing less proves that a broker
 * is not there.
 */
export async function readBrokers(context: SourceContext, region: string): Promise<SourceResult<ListedBroker>> {
  const { pages, stoppedBy } = await fetchBrokers(context, region);
  const byArn = new Map<string, ListedBroker>();
  const unreadable: { item: string; failure: AwsFailure }[] = [];
  for (const entry of pages.flat()) {
    try {
      const broker = normalizeListedBroker(parseAnswer(brokerSummary, entry));
      byArn.set(broker.arn, broker);
    } catch (error) {
      unreadable.push({ item: entryName(entry), failure: await context.failureOf(error, "mq", region) });
    }
  }
  const brokers = [...byArn.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const failures = unreadable.map(({ item, failure }) => itemFailure(item, failure));
  if (stoppedBy !== null) {
    const failure = await context.failureOf(stoppedBy, "mq", region);
    return pages.length === 0 ? failedResult(failure) : partialResult(brokers, failure, failures);
  }
  const [first] = unreadable;
  return first ? partialResult(brokers, first.failure, failures) : completeResult(brokers);
}

function entryName(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "an entry that is no broker";
  const named = [Reflect.get(entry, "BrokerId"), Reflect.get(entry, "BrokerName")].find(
    (name) => typeof name === "string" && name !== "",
  );
  return typeof named === "string" ? named.slice(0, 200) : "an entry without a name";
}
