/**
 * A process as it can be written to a file and recognised later. A bare pid is not enough: after a crash or a restart
 * of the machine the number may belong to a stranger, who must be neither waited for nor signalled.
 */
export interface ProcessRef {
  readonly pid: number;
  /** When it started; serves comparison only. */
  readonly started: string;
}
export function startOf(pid: number): string | undefined;
export function refOf(pid: number): ProcessRef | undefined;
export function parseRef(value: unknown): ProcessRef | undefined;
export function isAlive(ref: ProcessRef): boolean;
export function signalIfAlive(ref: ProcessRef, signal: NodeJS.Signals): boolean;
export function goneWithin(ref: ProcessRef, timeoutMs: number): Promise<boolean>;
