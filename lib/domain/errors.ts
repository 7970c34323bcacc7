/**
 * Every failure the product can name, and the HTTP status it becomes. The map is the only one: routes, jobs and the
 * command line all read it, so one code can never mean two statuses.
 */
const HTTP_STATUS = {
  "invalid-input": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "method-not-allowed": 405,
  conflict: 409,
  "precondition-failed": 412,
  "payload-too-large": 413,
  "unsupported-media-type": 415,
  /** Host header or Origin of a request is not ours (DNS rebinding, cross-site request). */
  "misdirected-request": 421,
  "rate-limited": 429,
  internal: 500,
  /** The database, the queue or the process itself is not there now; trying again later helps. */
  unavailable: 503,
  /** No credentials, expired ones, or a signature AWS refuses. */
  "aws-credentials": 502,
  /** The credentials are good, the action is denied by IAM, an SCP or a session policy. */
  "aws-access-denied": 502,
  /** STS refused to let us assume the role of a connected account. */
  "aws-assume-role-failed": 502,
  /** An opt-in region that the account has not enabled. */
  "aws-region-disabled": 502,
  "aws-not-found": 502,
  /** The endpoint does not know the operation (404 or 501 of an AWS-compatible server). */
  "aws-operation-unsupported": 502,
  /** AWS called our request invalid: a defect of ours or a newer API. */
  "aws-bad-request": 502,
  /** A body that is cut, is no JSON, or lacks what the API guarantees. */
  "aws-invalid-response": 502,
  "aws-throttled": 503,
  "aws-unreachable": 504,
  "aws-timeout": 504,
  /** AWS answered 5xx. */
  "aws-server-error": 502,
} as const satisfies Record<string, number>;

/** Name of a failure. Stable: it is stored with sync outcomes and sent to API clients. */
export type ErrorCode = keyof typeof HTTP_STATUS;

/** All codes, for contracts and for tests that must be exhaustive. */
export const ERROR_CODES: readonly ErrorCode[] = Object.keys(HTTP_STATUS).filter(isErrorCode);

/** Whether a text (of a database row, of another process) is a code this version knows. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(HTTP_STATUS, text);
}

/** Facts about a failure that may be shown to the caller: never secrets, stack traces or SQL. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

const BRAND = Symbol.for("mq-steward.AppError");

/**
 * A failure with a code. `message` is written for the person who can act on it; `details` may be shown to API clients;
 * `cause` is for the log alone.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly [BRAND] = true;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Whether a caught value is an AppError. Works across module copies: Next loads one module several times in a process. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError || (error instanceof Error && BRAND in error);
}

/** HTTP status of a code. */
export function httpStatusOfCode(code: ErrorCode): number {
  return HTTP_STATUS[code];
}

/** HTTP status of anything caught: an AppError's own, 500 for everything that was not foreseen. */
export function httpStatusOf(error: unknown): number {
  return isAppError(error) ? HTTP_STATUS[error.code] : HTTP_STATUS.internal;
}
