import { z } from "zod";
import type { Problem } from "@/lib/contracts/common";
import { AppError, httpStatusOfCode, isAppError } from "@/lib/domain/errors";

const TITLES: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "Sign-in needed",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict with the present state",
  413: "The request is too large",
  415: "Unsupported media type",
  421: "Wrong host",
  429: "Too many requests",
  500: "Internal error",
  502: "AWS refused or failed",
  503: "Temporarily unavailable",
  504: "AWS did not answer in time",
};

/** A request that is wrong in more places is told of these first. */
const MAX_ERRORS = 20;

/** RFC 9457 body of any thrown value. Only AppErrors and validation errors speak for themselves; nothing internal leaks. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof z.ZodError) {
    return {
      type: "about:blank",
      title: "The request is not valid",
      status: 400,
      code: "invalid-input",
      detail: error.issues[0]?.message,
      requestId,
      errors: error.issues
        .slice(0, MAX_ERRORS)
        .map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    };
  }
  const known = isAppError(error)
    ? error
    : new AppError("internal", "Something went wrong here; the log has it under the request id.");
  const status = httpStatusOfCode(known.code);
  const { field } = known.details;
  return {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    code: known.code,
    detail: known.message,
    requestId,
    // Input that only the service could judge names its parameter, as input that breaks the contract does.
    ...(typeof field === "string" ? { errors: [{ path: field, message: known.message }] } : {}),
  };
}

/** The response of a problem, as application/problem+json. */
export function problemResponse(error: unknown, requestId: string): Response {
  const body = problemOf(error, requestId);
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "x-request-id": requestId,
    "cache-control": "no-store",
  };
  if (isAppError(error) && typeof error.details.retryAfterSeconds === "number") {
    headers["retry-after"] = String(error.details.retryAfterSeconds);
  }
  if (body.status === 503) headers["retry-after"] = "5";
  if (isAppError(error) && typeof error.details.allow === "string") headers.allow = error.details.allow;
  return new Response(JSON.stringify(body), { status: body.status, headers });
}
