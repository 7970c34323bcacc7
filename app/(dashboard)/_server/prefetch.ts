import { type DehydratedState, dehydrate, QueryClient, type QueryKey } from "@tanstack/react-query";
import { getCtx } from "@/lib/context";
import type { EndpointName } from "@/lib/contracts/endpoints";
import { encode } from "@/lib/http/route";
import type { Ctx } from "@/lib/services/ctx";
import { pageRequestId } from "./page-request-id";

/** One answer that a page will ask for: the key its query has in the browser, and the service that gives it. */
export interface Reading {
  key: QueryKey;
  read(ctx: Ctx): Promise<unknown>;
}

/** A reading whose answer goes through the endpoint's own contract, so that page and API can never say different things. */
export function reading<N extends EndpointName>(
  name: N,
  key: QueryKey,
  read: (ctx: Ctx) => Promise<Parameters<typeof encode<N>>[1]>,
): Reading {
  return { key, read: async (ctx) => encode(name, await read(ctx)) };
}

/**
 * Reads what a page needs on the server and hands it to the browser. What fails is left out: the browser then asks the API itself and shows
 * its problem with the request id.
 */
export async function prefetch(readings: readonly Reading[]): Promise<DehydratedState> {
  const client = new QueryClient();
  const requestId = await pageRequestId();
  await Promise.allSettled(
    readings.map(async ({ key, read }) => client.setQueryData(key, await read(await getCtx({ requestId })))),
  );
  return dehydrate(client);
}
