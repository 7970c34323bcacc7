import type { ProcessRef } from "./process-identity.mjs";

export interface RecordedChild {
  readonly name: string;
  readonly process: ProcessRef;
}
export function recordChildren(dataDirectory: string, children: readonly RecordedChild[]): void;
export function orphans(dataDirectory: string): RecordedChild[];
export function endOrphans(dataDirectory: string, announce: (line: string) => void, patienceMs?: number): Promise<void>;
