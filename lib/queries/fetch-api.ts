import type { z } from "zod";
import { type Problem, problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint, type EndpointName } from "@/lib/contracts/endpoints";

type Json<N extends EndpointName> = (typeof ENDPOINTS)[N]["response"] extends infer R extends z.ZodType
  ? z.output<R>
  : never;

export interface ApiRequest {
  /** Values of the path's braces. */
  params?: Readonly<Record<string, string>>;
  /** Query string without question mark. */
  search?: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** A failed call of the API: what the problem document says, fit to be shown, with the request id to look for in the log. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly errors: NonNullable<Problem["errors"]>;

  constructor(input: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    requestId: string | null;
    errors?: Problem["errors"];
    cause?: unknown;
  }) {
    super(input.detail ?? input.title, { cause: input.cause });
    this.name = "ApiError";
    this.status = input.status;
    this.code = input.code;
    this.title = input.title;
    this.requestId = input.requestId;
    this.errors = input.errors ?? [];
  }
}

/** Address of an endpoint on this server, with its query. */
export function apiPath(name: EndpointName, request: Pick<ApiRequest, "params" | "search"> = {}): string {
  const path = ENDPOINTS[name].path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(request.params?.[key] ?? ""),
  );
  return `/api/v1${path}${request.search ? `?${request.search}` : ""}`;
}

/**
 * Calls one endpoint and returns its answer, checked by the contract. Throws ApiError: with the server's problem document, with code
 * `unreachable` when no answer came, or `invalid-response` when the answer is none of ours (a proxy's page, another version).
 */
export async function fetchApi<N extends EndpointName>(name: N, request: ApiRequest = {}): Promise<Json<N>> {
  const endpoint: Endpoint = ENDPOINTS[name];
  const response = await send(endpoint.method, apiPath(name, request), request);
  const requestId = response.headers.get("x-request-id");
  const json = await readJson(response);
  if (!response.ok) throw problemError(response, json, requestId);
  const parsed = typeof endpoint.response === "string" ? null : endpoint.response.safeParse(json);
  if (!parsed?.success) {
    throw new ApiError({
      status: response.status,
      code: "invalid-response",
      title: "The server's answer could not be read",
      detail:
        "The server's answer does not have the expected form. Reload the page; if it stays, the page and the server are of different versions.",
      requestId,
      cause: parsed?.error,
    });
  }
  // The registry's own schema for this name has just produced it.
  return parsed.data as Json<N>;
}

async function send(method: Endpoint["method"], path: string, request: ApiRequest): Promise<Response> {
  const hasBody = request.body !== undefined;
  try {
    return await fetch(path, {
      method,
      headers: { accept: "application/json", ...(hasBody ? { "content-type": "application/json" } : {}) },
      body: hasBody ? JSON.stringify(request.body) : undefined,
      signal: request.signal,
    });
  } catch (cause) {
    if (request.signal?.aborted) throw cause;
    throw new ApiError({
      status: 0,
      code: "unreachable",
      title: "The server does not answer",
      detail: "MQ Steward does not answer. Check that it is still running; this page tries again by itself.",
      requestId: null,
      cause,
    });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function problemError(response: Response, json: unknown, requestId: string | null): ApiError {
  const parsed = problem.safeParse(json);
  if (parsed.success) return new ApiError(parsed.data);
  return new ApiError({
    status: response.status,
    code: "invalid-response",
    title: `The server answered ${response.status}`,
    detail: `The server answered ${response.status} without saying why.`,
    requestId,
  });
}
