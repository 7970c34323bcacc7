import type { z } from "zod";
import { ENDPOINTS, type Endpoint, type EndpointName } from "@/lib/contracts/endpoints";
import { isPersonal } from "@/lib/contracts/permissions";
import { AppError } from "@/lib/domain/errors";
import { problemResponse } from "@/lib/http/problem";
import type { Ctx, WebCtx } from "@/lib/services/ctx";

const MAX_BODY_BYTES = 1_000_000;

type QueryOf<E> = E extends { query: infer Q extends z.ZodType } ? z.output<Q> : Record<string, never>;
type BodyOf<E> = E extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
type ResponseOf<E> = E extends { response: infer R extends z.ZodType } ? z.input<R> : Response;

export interface RouteCall<N extends EndpointName> {
  ctx: WebCtx;
  query: QueryOf<(typeof ENDPOINTS)[N]>;
  body: BodyOf<(typeof ENDPOINTS)[N]>;
  params: Readonly<Record<string, string>>;
  request: Request;
  /** Headers of the answer beside the usual ones, e.g. cookies. */
  reply: Headers;
}

interface Segment {
  params: Promise<Record<string, string | string[] | undefined>>;
}

type RouteHandler = (request: Request, segment: Segment) => Promise<Response>;

/** Query parameters as the contract's schema reads them: one value as text, repeated ones as a list. */
export function queryObject(search: URLSearchParams): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const key of new Set(search.keys())) {
    const all = search.getAll(key);
    out[key] = all.length === 1 && all[0] !== undefined ? all[0] : all;
  }
  return out;
}

/** Wire forms of answers that services hand out more than once. */
const encoded = new WeakMap<object, { name: EndpointName; data: unknown; json: string | null }>();

/** The wire form of a service's answer: checked and stripped by the contract. Pages that prefetch use the same. */
export function encode<N extends EndpointName>(name: N, value: ResponseOf<(typeof ENDPOINTS)[N]>): unknown {
  return encodedOf(name, value).data;
}

function encodedOf<N extends EndpointName>(name: N, value: ResponseOf<(typeof ENDPOINTS)[N]>) {
  const known = typeof value === "object" && value !== null ? encoded.get(value) : undefined;
  if (known?.name === name) return known;
  const endpoint: Endpoint = ENDPOINTS[name];
  if (typeof endpoint.response === "string") throw new AppError("internal", `${name} has no JSON form`);
  const parsed = endpoint.response.safeParse(value);
  if (!parsed.success)
    throw new AppError("internal", `answer of ${name} does not fit its contract`, { cause: parsed.error });
  const made = { name, data: parsed.data, json: null };
  if (typeof value === "object" && value !== null) encoded.set(value, made);
  return made;
}

function jsonOf<N extends EndpointName>(name: N, value: ResponseOf<(typeof ENDPOINTS)[N]>): string {
  const made: { data: unknown; json: string | null } = encodedOf(name, value);
  made.json ??= JSON.stringify(made.data);
  return made.json;
}

function refuseKey(): never {
  throw new AppError("forbidden", "This is done by a person who is signed in, not by a key.");
}

/** Refuses who may not use an endpoint: unauthenticated without a session, forbidden without the permission. */
export function assertPermission({ actor }: Pick<Ctx, "actor">, permission: Endpoint["permission"]): void {
  if (permission === null || actor.permissions === "all") return;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  if (actor.kind === "key" && permission !== "signed-in" && isPersonal(permission)) refuseKey();
  if (permission === "signed-in" || actor.permissions.has(permission)) return;
  throw new AppError(
    "forbidden",
    actor.kind === "person" && actor.mustChangePassword
      ? "Choose a password of your own first."
      : `This needs the permission ${permission}.`,
  );
}

/** Puts a service's cookies into the answer's headers and returns its answer. */
export function giveCookies<T extends { cookies: readonly string[] }>(reply: Headers, answer: T): T {
  for (const cookie of answer.cookies) reply.append("set-cookie", cookie);
  return answer;
}

/** No text column takes a NUL, and no name, id or key has one. */
function assertNoNul(text: string, field: string): void {
  if (text.includes("\0")) throw new AppError("invalid-input", "a text holds a NUL character", { details: { field } });
}

async function readBody(request: Request, { body: schema, maxBodyBytes }: Endpoint): Promise<unknown> {
  if (!schema) return undefined;
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    throw new AppError("unsupported-media-type", "Send the body as application/json.");
  const text = await readText(request, maxBodyBytes ?? MAX_BODY_BYTES);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid-input", "The body is not JSON.", { cause });
  }
  if (text.includes("\\u0000")) refuseNul(json, "");
  return schema.parse(json);
}

/** The body as text, read no further than the limit. Throws payload-too-large. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new AppError("payload-too-large", `The body is larger than ${maxBytes / 1_000_000} MB.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const reader = request.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function refuseNul(json: unknown, field: string): void {
  if (typeof json === "string") assertNoNul(json, field);
  if (typeof json !== "object" || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    assertNoNul(key, field);
    refuseNul(value, field ? `${field}.${key}` : key);
  }
}

/**
 * The query as the contract reads it. A parameter that the endpoint does not know is refused: a misspelt cut would otherwise answer with the figure of
 * the whole fleet.
 */
function readQuery(request: Request, schema: z.ZodObject | undefined): unknown {
  if (!schema) return {};
  const search = new URL(request.url).searchParams;
  for (const [name, value] of search) {
    if (!Object.hasOwn(schema.shape, name)) {
      const known = Object.keys(schema.shape).join(", ") || "none";
      throw new AppError("invalid-input", `unknown parameter ${JSON.stringify(name.slice(0, 60))}; known: ${known}`, {
        details: { field: name.slice(0, 60) },
      });
    }
    assertNoNul(value, name);
  }
  return schema.parse(queryObject(search));
}

/** Path parameters, decoded. */
async function readParams(segment: Segment): Promise<Record<string, string>> {
  const params: Record<string, string> = {};
  for (const [key, value] of Object.entries((await segment.params) ?? {})) {
    if (typeof value !== "string") continue;
    assertNoNul(value, key);
    params[key] = value;
  }
  return params;
}

/**
 * Joins one endpoint of the registry with its service: request id, permission, parsing by the contract, the answer checked by the
 * contract, errors as problem+json. `getCtx` is handed in by the route file, because only app/ may know the composition root.
 */
export function route<N extends EndpointName>(
  name: N,
  getCtx: (request: {
    requestId: string;
    headers: Headers;
    use: { endpoint: EndpointName; token: string | null };
  }) => Promise<WebCtx>,
  handle: (call: RouteCall<N>) => Promise<ResponseOf<(typeof ENDPOINTS)[N]>>,
): RouteHandler {
  const endpoint: Endpoint = ENDPOINTS[name];
  return async (request, segment) => {
    const requestId = request.headers.get("x-request-id") ?? crypto.randomUUID();
    let ctx: WebCtx | null = null;
    try {
      const token = endpoint.addressToken ? new URL(request.url).searchParams.get("token") : null;
      ctx = await getCtx({ requestId, headers: request.headers, use: { endpoint: name, token } });
      if (endpoint.personal && ctx.actor.kind === "key") refuseKey();
      assertPermission(ctx, endpoint.permission);
      const params = await readParams(segment);
      const query = readQuery(request, endpoint.query);
      const body = await readBody(request, endpoint);
      // The registry's schemas have just produced exactly these types.
      const reply = new Headers();
      const answer = await handle({ ctx, query, body, params, request, reply } as RouteCall<N>);
      if (answer instanceof Response) {
        answer.headers.set("x-request-id", requestId);
        return answer;
      }
      const text = jsonOf(name, answer);
      reply.set("content-type", "application/json; charset=utf-8");
      reply.set("x-request-id", requestId);
      reply.set("cache-control", "no-store");
      return new Response(text, { status: endpoint.status ?? 200, headers: reply });
    } catch (error) {
      const response = problemResponse(error, requestId);
      if (response.status >= 500) ctx?.log.error({ err: error, requestId, endpoint: name }, "request failed");
      return response;
    }
  };
}
