import { headers } from "next/headers";
import { getCtx } from "@/lib/context";
import type { WebCtx } from "@/lib/services/ctx";

/** The ctx of a page that people see before they are signed in. */
export async function authCtx(): Promise<WebCtx> {
  const requestHeaders = await headers();
  return getCtx({ requestId: requestHeaders.get("x-request-id") ?? crypto.randomUUID(), headers: requestHeaders });
}
