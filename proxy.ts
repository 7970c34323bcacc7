import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/app/_security/content-security-policy";
import { needsSession } from "@/app/_security/open-pages";
import { refusalOf } from "@/app/_security/request-guard";
import { bearerKey } from "@/lib/auth/api-key";
import { env } from "@/lib/env";
import { refusalOfAddress } from "@/lib/http/api-address";
import { problemResponse } from "@/lib/http/problem";

const POLICY_HEADER = "Content-Security-Policy";
const REQUEST_ID = /^[\w.:-]{8,128}$/;
const SESSION_COOKIE = ".session_token";
const DEVELOPMENT = process.env.NODE_ENV === "development";

/** Before every page and route: who may ask (host and origin), the way to the sign-in page, the request id, the nonce of the content security policy. */
export function proxy(request: NextRequest): Response {
  const given = request.headers.get("x-request-id");
  const requestId = given && REQUEST_ID.test(given) ? given : randomUUID();
  const guarded = refusalOf(
    {
      method: request.method,
      host: request.headers.get("host"),
      origin: request.headers.get("origin"),
      secFetchSite: request.headers.get("sec-fetch-site"),
      byKeyAlone: bearerKey(request.headers.get("authorization")) !== null && request.headers.get("cookie") === null,
    },
    { boundHost: env().host, allowedHosts: env().allowedHosts },
  );
  const refusal = guarded ?? refusalOfAddress(request.method, request.nextUrl.pathname);
  if (refusal) return problemResponse(refusal, requestId);

  const { pathname, search } = request.nextUrl;
  // Whether the session is still one is asked where it matters, by every route and page; here only those without any are shown the way.
  if (needsSession(pathname) && !request.cookies.getAll().some(({ name }) => name.endsWith(SESSION_COOKIE))) {
    const signIn = new URLSearchParams({ next: `${pathname}${search}` });
    const response = NextResponse.redirect(new URL(`/sign-in?${signIn}`, request.url));
    response.headers.set("x-request-id", requestId);
    response.headers.set("cache-control", "no-store");
    return response;
  }

  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, DEVELOPMENT);
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-mq-steward-path", `${pathname}${search}`);
  // Next reads the nonce for its own scripts from this request header.
  headers.set(POLICY_HEADER, policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("x-request-id", requestId);
  response.headers.set(POLICY_HEADER, policy);
  return response;
}

/** Built files are the same for everybody and name nothing of anybody's fleet. */
export const config = { matcher: ["/((?!_next/static/).*)"] };
