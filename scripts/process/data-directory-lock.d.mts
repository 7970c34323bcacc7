import type { HeldLock, LockHolder } from "./file-lock.mjs";

export type { HeldLock } from "./file-lock.mjs";
export function lockDataDirectory(dataDirectory: string, address: string): HeldLock;
export function dataDirectoryHolder(dataDirectory: string): LockHolder | undefined;
