import { createHash } from "node:crypto";

/** SHA-256 (hex) of an answer as `readWireJson` gives it: members in order, so that equal answers have equal hashes. */
export function hashPayload(payload: Record<string, unknown>): string {
  return createHash("sha256").update(JSON.stringify(payload)).digest("hex");
}
