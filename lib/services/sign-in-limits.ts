import { clearAttempts, countAttempt } from "@/lib/db/sign-in-attempt-store";
import { AppError } from "@/lib/domain/errors";
import type { WebCtx } from "@/lib/services/ctx";

const WINDOW_MS = 15 * 60_000;
/** One household or office behind one address. */
const PER_ADDRESS = 60;
/** Guesses at one person's password, wherever they come from. */
const PER_ACCOUNT = 10;

const keyOfAccount = (account: string): string => `account:${account}`;

/**
 * Counts an attempt to prove who one is (signing in, set-up, the present password at a change) and refuses it (rate-limited) when there were too
 * many in a quarter of an hour: from the address, or at the account.
 */
export async function limitAttempts(ctx: WebCtx, account: string | null): Promise<void> {
  const window = { now: ctx.wall.now(), windowMs: WINDOW_MS };
  const fromAddress = await countAttempt(ctx.db, `address:${ctx.request.remote ?? "unknown"}`, window);
  const atAccount = account === null ? 0 : await countAttempt(ctx.db, keyOfAccount(account), window);
  if (fromAddress <= PER_ADDRESS && atAccount <= PER_ACCOUNT) return;
  throw new AppError("rate-limited", "Too many attempts. Wait a quarter of an hour, then try again.", {
    details: { retryAfterSeconds: WINDOW_MS / 1000 },
  });
}

/** After a success the account's earlier attempts no longer count. */
export async function forgetAttempts(ctx: WebCtx, account: string): Promise<void> {
  await clearAttempts(ctx.db, keyOfAccount(account), new Date(ctx.wall.now().getTime() - WINDOW_MS));
}
