import type { SourceResult } from "@/lib/domain/sync";
import type { ConfigurationRevisionRead } from "../../gateway";
import { ITEMS_AT_ONCE, runItems } from "../../run-items";
import type { SourceContext } from "../../source-context";
import { fetchRevision } from "./fetch";
import { normalizeRevision } from "./normalize";

/** Configuration revisions in the order asked for. A failed one is named `<configuration id>/<revision>`. */
export function readRevisions(
  context: SourceContext,
  region: string,
  refs: readonly { id: string; revision: number }[],
): Promise<SourceResult<ConfigurationRevisionRead>> {
  return runItems({
    items: refs,
    nameOf: (ref) => `${ref.id}/${ref.revision}`,
    concurrency: ITEMS_AT_ONCE,
    breaker: context.breaker("mq-configurations", region),
    failureOf: (error) => context.failureOf(error, "mq", region),
    read: async (ref) => normalizeRevision(ref, await fetchRevision(context, region, ref)),
  });
}
