/**
 * Something the person at the keyboard can put right: what is wrong, and the way out. Entry points print it without
 * a stack trace and end with exit code 1.
 */
export class OperatorError extends Error {
  constructor(problem, wayOut, options) {
    super(problem, options);
    this.name = "OperatorError";
    this.wayOut = wayOut;
  }
}

/** The text for the console: problem and way out for what a person can put right, a stack trace for anything unexpected. */
export function describeFailure(error) {
  if (!(error instanceof Error)) return String(error);
  // By name, not by class: a bundle holds a copy of its own of the class.
  if (error.name === "OperatorError") return `${error.message}\n  Way out: ${error.wayOut}`;
  if (error.name === "EnvError" || error.name === "AppError") return error.message;
  return error.stack ?? error.message;
}
