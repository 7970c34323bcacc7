export interface ProgramResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}
export function runProgram(
  program: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv; onLine?: (line: string) => void; inherit?: boolean },
): Promise<ProgramResult>;
export function signalPrograms(signal: NodeJS.Signals): void;
