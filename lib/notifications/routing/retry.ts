/** Attempts before a message is given up: the last one about 20 hours after the first. */
export const MAX_ATTEMPTS = 14;
const FIRST_MS = 30_000;
const MOST_MS = 4 * 3_600_000;

/**
 * How long to wait after the attempt of this number (from 1), in milliseconds: 30 s, doubled each time, at most 4 hours, and never less than the receiver
 * asked for. Null: no further attempt. Pure.
 */
export function retryDelayMs(attempt: number, askedMs: number | null): number | null {
  if (attempt >= MAX_ATTEMPTS) return null;
  return Math.max(Math.min(FIRST_MS * 2 ** (attempt - 1), MOST_MS), askedMs ?? 0);
}
