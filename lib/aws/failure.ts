import type { ErrorCode } from "@/lib/domain/errors";
import type { OutcomeStatus } from "@/lib/domain/sync";

/** Whether asking again may help: after a rest (throttle), soon (transient), once more at most (timeout: it has cost half a minute). */
export type RetryAdvice = "throttle" | "transient" | "timeout" | "no";

/** What went wrong with an AWS call, in the product's words. `message` and `wayOut` may be shown: they never hold secrets. */
export interface AwsFailure {
  status: Extract<OutcomeStatus, "denied" | "unsupported" | "region-off" | "failed">;
  errorCode: ErrorCode;
  message: string;
  wayOut: string;
  retry: RetryAdvice;
  /** AWS's own word for it (`AccessDeniedException`), for logs; null where no AWS error came. */
  awsCode: string | null;
}

/** A failed AWS call, classified. `cause` is the SDK's error, for the log alone. */
export class AwsCallError extends Error {
  constructor(
    readonly failure: AwsFailure,
    options: { cause: unknown },
  ) {
    super(failure.message, options);
    this.name = "AwsCallError";
  }
}

/** An answer that arrived whole and is not what the API promises. `what` names the field, never its content. */
export class InvalidAnswerError extends Error {
  constructor(what: string, options?: { cause?: unknown }) {
    super(what, options);
    this.name = "InvalidAnswerError";
  }
}

/** STS refused the role of a connected account. */
export class AssumeRoleError extends Error {
  constructor(
    readonly roleArn: string,
    options: { cause: unknown },
  ) {
    super(`the role ${roleArn} could not be assumed`, options);
    this.name = "AssumeRoleError";
  }
}
