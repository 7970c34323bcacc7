import { createHash } from "node:crypto";

/** What a seal says of a month. */
export interface SealedMonth {
  /** First day, YYYY-MM-DD. */
  month: string;
  events: number;
  sha256: string;
}

/** The link of a month in the chain of seals: it holds the month before's, so that no month can be exchanged, left out or put in alone. */
export function auditChain(before: string | null, { month, events, sha256 }: SealedMonth): string {
  return createHash("sha256")
    .update([before ?? "", month, events, sha256].join("\n"))
    .digest("hex");
}
