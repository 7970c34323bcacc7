import { readdirSync } from "node:fs";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { z } from "zod";
import { proxy } from "@/proxy";
import { projectRoot } from "@/scripts/project-root";

/** A file app/api/.../route.ts and the address it answers. */
export interface RouteFile {
  /** Address below the host, path parameters in braces: `/api/v1/brokers/{id}`. */
  path: string;
  file: string;
  segments: readonly string[];
}

export interface CallOptions {
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is where it is a text. */
  body?: unknown;
}

/** An answer, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as it was sent. */
  bytes: Uint8Array;
  /** The body as JSON; throws where it is none. */
  json(): unknown;
}

const HOST = "127.0.0.1:3000";
const API = join(projectRoot(), "app", "api");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

let files: readonly RouteFile[] | undefined;

/** Every route file of app/api. */
export function routeFiles(): readonly RouteFile[] {
  files ??= findRouteFiles();
  return files;
}

function findRouteFiles(): RouteFile[] {
  return readdirSync(API, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)route\.tsx?$/.test(name))
    .sort()
    .map((name) => {
      const segments = name.split("/").slice(0, -1);
      const path = segments.map((segment) => segment.replace(/^\[(\w+)\]$/, "{$1}")).join("/");
      return { path: `/api/${path}`, file: join(API, name), segments };
    });
}

const handlerSchema = z.custom<
  (request: Request, segment: { params: Promise<Record<string, string>> }) => Promise<Response>
>((value) => typeof value === "function");

type Handler = z.infer<typeof handlerSchema>;

/** The handlers that a route file exports, by method. */
export async function handlersOf(route: RouteFile): Promise<ReadonlyMap<string, Handler>> {
  const module: unknown = await import(/* @vite-ignore */ route.file);
  const exported = z.record(z.string(), z.unknown()).parse({ ...z.looseObject({}).parse(module) });
  return new Map(
    METHODS.flatMap((method) => (method in exported ? [[method, handlerSchema.parse(exported[method])] as const] : [])),
  );
}

/** As Next finds a route: a segment that is spelled out goes before a parameter. */
function match(pathname: string): { route: RouteFile; params: Record<string, string> } | null {
  const wanted = pathname.replace(/^\/api\//, "").split("/");
  const fitting = routeFiles().filter(
    ({ segments }) =>
      segments.length === wanted.length &&
      segments.every((segment, index) => segment.startsWith("[") || segment === wanted[index]),
  );
  const dynamic = (route: RouteFile) => route.segments.filter((segment) => segment.startsWith("[")).length;
  const [route] = fitting.sort((a, b) => dynamic(a) - dynamic(b));
  if (!route) return null;
  const params = route.segments.flatMap((segment, index) =>
    segment.startsWith("[") ? [[segment.slice(1, -1), decodeURIComponent(wanted[index] ?? "")] as const] : [],
  );
  return { route, params: Object.fromEntries(params) };
}

/**
 * One request as the web process answers it: the proxy, then the route that Next would find, with its parameters decoded once. What Next itself
 * answers (a path without route, a method without handler) is a bare status here as there.
 */
export async function callRoute(method: string, address: string, options: CallOptions = {}): Promise<Answer> {
  const body =
    options.body === undefined || typeof options.body === "string" ? options.body : JSON.stringify(options.body);
  const init = {
    method,
    headers: { host: HOST, ...(body === undefined ? {} : { "content-type": "application/json" }), ...options.headers },
    ...(body === undefined ? {} : { body }),
  };
  const guarded = proxy(new NextRequest(new URL(address, `http://${HOST}`), { ...init, body: undefined }));
  if (guarded.status >= 400) return read(guarded);
  const url = new URL(address, `http://${HOST}`);
  const found = match(url.pathname);
  const handlers = found ? await handlersOf(found.route) : null;
  if (!found || !handlers) return read(new Response(null, { status: 404 }));
  const handler = handlers.get(method === "HEAD" ? "GET" : method);
  if (!handler) return read(new Response(null, { status: 405 }));
  const headers = new Headers(init.headers);
  headers.set("x-request-id", guarded.headers.get("x-request-id") ?? "");
  const request = new NextRequest(url, { ...init, headers });
  return read(await handler(request, { params: Promise.resolve(found.params) }));
}

async function read(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  // `Response.text()` swallows the byte order mark that a CSV file begins with.
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { status: response.status, headers: response.headers, text, bytes, json: () => JSON.parse(text) };
}

/** The cookies that an answer sets, as the next request sends them; those it takes away are none. */
export function cookieOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .filter((line) => !/Max-Age=0/i.test(line))
    .map((line) => line.split(";")[0])
    .join("; ");
}
