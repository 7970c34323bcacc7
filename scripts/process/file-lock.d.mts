import type { ProcessRef } from "./process-identity.mjs";

export interface LockHolder {
  readonly holder: ProcessRef;
  /** What the holder wrote about itself, for the message to whoever comes second. */
  readonly note: string;
}
export interface HeldLock {
  readonly held: true;
  release(): void;
}
export interface RefusedLock extends LockHolder {
  readonly held: false;
}
export function tryLock(path: string, note?: string): HeldLock | RefusedLock;
export function withLock<T>(
  path: string,
  work: () => Promise<T>,
  options?: { timeoutMs?: number; note?: string; onWait?: (holder: LockHolder) => void },
): Promise<T>;
export function lockHolder(path: string): LockHolder | undefined;
