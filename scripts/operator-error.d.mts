export class OperatorError extends Error {
  constructor(problem: string, wayOut: string, options?: { cause?: unknown });
  readonly wayOut: string;
}
export function describeFailure(error: unknown): string;
