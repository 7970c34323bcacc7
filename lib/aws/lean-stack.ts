/** The SDK's middleware stack, as far as it is changed here. */
export interface TrimmableStack {
  remove(name: string): boolean;
  add(
    middleware: <Handler>(next: Handler) => Handler,
    options: { step: "finalizeRequest"; priority: "high"; name: string; tags: string[]; override: boolean },
  ): void;
}

/**
 * Takes out what costs CPU per request and does nothing for a read-only service:
 * - the logger (no logger is set; it still filters every input and output for secrets),
 * - recursion detection (only acts inside AWS Lambda),
 * - the user agent's feature list (rebuilt for each request),
 * - the retry loop (retries are made outside, through the rate limiter). Signing is placed relative to it, so its place is kept.
 */
export function trimStack(stack: TrimmableStack): void {
  stack.remove("loggerMiddleware");
  stack.remove("recursionDetectionMiddleware");
  stack.remove("getUserAgentMiddleware");
  stack.add((next) => next, {
    step: "finalizeRequest",
    priority: "high",
    name: "retryMiddleware",
    tags: ["RETRY"],
    override: true,
  });
}
