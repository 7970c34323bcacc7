import { notFound } from "next/navigation";
import { getCtx } from "@/lib/context";
import { isAppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";
import { pageRequest } from "./page-request";

/**
 * Answers 404 where what a detail page is about does not exist. Called by the layout of its segment and not by the page: the page is below a
 * loading boundary, so the answer has begun, with 200, before it could say so. For the same reason no segment above may have a `loading.tsx`:
 * those of the lists are in groups of their own. Any other failure is the page's to show, with its request id.
 */
export async function requireSubject(find: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const request = await pageRequest();
  try {
    const ctx = await getCtx(request);
    // Whoever has no session learns nothing here; the page sends him to sign in.
    if (ctx.actor.kind !== "nobody") await find(ctx);
  } catch (error) {
    if (isAppError(error) && error.code === "not-found") notFound();
  }
}
