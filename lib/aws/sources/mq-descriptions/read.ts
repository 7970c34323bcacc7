import type { SourceResult } from "@/lib/domain/sync";
import { AwsCallError } from "../../failure";
import type { BrokerDescription } from "../../gateway";
import { ITEMS_AT_ONCE, runItems } from "../../run-items";
import type { SourceContext } from "../../source-context";
import { fetchBroker } from "./fetch";
import { normalizeBroker } from "./normalize";

/** Descriptions in the order of the ids. A broker that AWS does not know is an answer (`gone`), not a failure. */
export function readDescriptions(
  context: SourceContext,
  region: string,
  brokerIds: readonly string[],
  onProgress?: (done: number) => void,
): Promise<SourceResult<BrokerDescription>> {
  return runItems({
    items: brokerIds,
    nameOf: (brokerId) => brokerId,
    concurrency: ITEMS_AT_ONCE,
    breaker: context.breaker("mq-descriptions", region),
    onProgress,
    failureOf: (error) => context.failureOf(error, "mq", region),
    read: (brokerId) => readDescription(context, region, brokerId),
  });
}

async function readDescription(context: SourceContext, region: string, brokerId: string): Promise<BrokerDescription> {
  try {
    const { answer, payload, payloadHash } = await fetchBroker(context, region, brokerId);
    return {
      kind: "described",
      brokerId,
      arn: answer.BrokerArn,
      attributes: normalizeBroker(answer),
      payload,
      payloadHash,
    };
  } catch (error) {
    if (error instanceof AwsCallError && error.failure.errorCode === "aws-not-found") return { kind: "gone", brokerId };
    throw error;
  }
}
