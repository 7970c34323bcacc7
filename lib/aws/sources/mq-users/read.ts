import type { SourceResult } from "@/lib/domain/sync";
import { AwsCallError } from "../../failure";
import type { BrokerUserRead } from "../../gateway";
import { ITEMS_AT_ONCE, runItems } from "../../run-items";
import type { SourceContext } from "../../source-context";
import { fetchUser } from "./fetch";
import { normalizeUser } from "./normalize";

/** Users in the order asked for. One that AWS does not know is an answer (`gone`), not a failure; a failed one is named `<broker id>/<name>`. */
export function readUsers(
  context: SourceContext,
  region: string,
  users: readonly { brokerId: string; username: string }[],
): Promise<SourceResult<BrokerUserRead>> {
  return runItems<{ brokerId: string; username: string }, BrokerUserRead>({
    items: users,
    nameOf: ({ brokerId, username }) => `${brokerId}/${username}`,
    concurrency: ITEMS_AT_ONCE,
    breaker: context.breaker("mq-users", region),
    failureOf: (error) => context.failureOf(error, "mq", region),
    read: async ({ brokerId, username }) => {
      try {
        return normalizeUser(brokerId, await fetchUser(context, region, { brokerId, username }));
      } catch (error) {
        if (error instanceof AwsCallError && error.failure.errorCode === "aws-not-found") {
          return { kind: "gone", brokerId, username };
        }
        throw error;
      }
    },
  });
}
