import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from "@tanstack/react-query";
import { redirect } from "next/navigation";
import { getCtx } from "@/lib/context";
import { ENDPOINTS, type EndpointName } from "@/lib/contracts/endpoints";
import { isAppError } from "@/lib/domain/errors";
import { assertPermission, encode } from "@/lib/http/route";
import type { WebCtx } from "@/lib/services/ctx";
import { pageRequest } from "./page-request";

/** Header in which proxy.ts tells the server components what address was asked for. */
const PATH_HEADER = "x-mq-steward-path";

/** A person with a password that somebody else gave him sees no page but the one for another. */
class PasswordWanted extends Error {}

/** One answer that a page will ask for: the key its query has in the browser, and the service that gives it. */
export interface Reading {
  key: QueryKey;
  read(ctx: WebCtx): Promise<unknown>;
}

/**
 * A reading whose answer goes through the endpoint's own permission and contract, so that page and API can never say different things, nor to
 * different people.
 */
export function reading<N extends EndpointName>(
  name: N,
  key: QueryKey,
  read: (ctx: WebCtx) => Promise<Parameters<typeof encode<N>>[1]>,
): Reading {
  return {
    key,
    read: async (ctx) => {
      assertPermission(ctx, ENDPOINTS[name].permission);
      return encode(name, await read(ctx));
    },
  };
}

/**
 * Reads what a page needs on the server and hands it to the browser. What fails is left out: the browser then asks the API itself and shows
 * its problem with the request id. Without a session there is nothing to show but the sign-in page, which leads back here.
 */
export async function prefetch(readings: readonly Reading[]): Promise<DehydratedState> {
  const client = new QueryClient();
  const request = await pageRequest();
  const outcomes = await Promise.allSettled(
    readings.map(async ({ key, read }) => {
      const ctx = await getCtx(request);
      if (ctx.actor.kind === "person" && ctx.actor.mustChangePassword) throw new PasswordWanted();
      client.setQueryData(key, await read(ctx));
    }),
  );
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    if (outcome.reason instanceof PasswordWanted) redirect("/new-password");
    if (isAppError(outcome.reason) && outcome.reason.code === "unauthenticated") {
      redirect(`/sign-in?${new URLSearchParams({ next: request.headers.get(PATH_HEADER) ?? "/" })}`);
    }
  }
  return dehydrate(client);
}
