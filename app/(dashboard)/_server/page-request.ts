import { headers } from "next/headers";

/** The request that a page answers: its headers, and its id as the proxy set it, which services log and problems show. */
export async function pageRequest(): Promise<{ requestId: string; headers: Awaited<ReturnType<typeof headers>> }> {
  const given = await headers();
  return { requestId: given.get("x-request-id") ?? crypto.randomUUID(), headers: given };
}
