import { headers } from "next/headers";

/** Id of the request that a page answers, as the proxy set it: what its services log, and what its problems show. */
export async function pageRequestId(): Promise<string> {
  return (await headers()).get("x-request-id") ?? crypto.randomUUID();
}
