import { TransportError, type TransportFailure } from "./http-handler";

/** What an error of the SDK, of Node or of a credential source tells, in one shape. */
export interface ErrorFacts {
  /** AWS's code (`AccessDeniedException`) or the error's name; empty where an answer named none. */
  code: string;
  /** Node's code of a network or TLS error (`ENOTFOUND`). */
  networkCode: string;
  httpStatus: number | null;
  /** AWS's message; empty when AWS sent none (a parser's message is not AWS's, and may quote the body). */
  awsMessage: string;
  transport: TransportFailure | null;
  /** Amazon MQ's own errors carry this member: it tells its 404 from that of a server which does not know the path. */
  hasErrorAttribute: boolean;
}

/** What the SDK calls an error whose answer names none. */
const NAMELESS = new Set(["Unknown", "UnknownError", "Error"]);

/** Reads an error without trusting its shape. */
export function factsOf(error: unknown): ErrorFacts {
  const status = member(member(error, "$metadata"), "httpStatusCode");
  const name = text(member(error, "name"));
  const message = text(member(error, "message"));
  // Only errors made from an answer have a fault; SyntaxError and TypeError come from reading a body that is none.
  const isAnswer = typeof member(error, "$fault") === "string";
  return {
    code: isAnswer && NAMELESS.has(name) ? "" : name,
    networkCode: text(member(error, "code")) || text(member(member(error, "cause"), "code")),
    httpStatus: typeof status === "number" ? status : null,
    awsMessage: isAnswer && !NAMELESS.has(message) ? message : "",
    transport: error instanceof TransportError ? error.failure : null,
    hasErrorAttribute: typeof (member(error, "errorAttribute") ?? member(error, "ErrorAttribute")) === "string",
  };
}

const REDACTED = "[redacted]";

/**
 * AWS's message in one line of at most 300 characters, without key ids, tokens, signatures and anything long enough to be a secret. (A refused
 * signature is answered with the whole canonical request, session token included.)
 */
export function presentable(message: string): string {
  const clean = message
    .replace(/\s+/g, " ")
    .trim()
    .replace(
      /(x-amz-security-token|authorization:|signature=|credential=|encoded authorization failure message).*$/i,
      REDACTED,
    )
    .replace(/\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, REDACTED)
    .replace(/[A-Za-z0-9+/=_]{40,}/g, (run) => (/\d/.test(run) ? REDACTED : run));
  return clean.length > 300 ? `${clean.slice(0, 299)}…` : clean;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
