import { createHash } from "node:crypto";
import type { RequestFacts } from "@/lib/auth/authenticator";

/** Browsers send cookies to every port of a host: one server's flow must not end another's. */
const nameOf = ({ secure, host }: RequestFacts): string => {
  const port = /:(\d+)$/.exec(host)?.[1] ?? "0";
  return `${secure ? "__Secure-" : ""}mq-steward-${port}.sign_on`;
};

/** The cookie of a sign-in that has begun; with 0 seconds it is taken back. Only the two routes of single sign-on get it. */
export function flowCookie(request: RequestFacts, token: string, seconds: number): string {
  const attributes = [`Path=/api/v1/session/sso`, `Max-Age=${seconds}`, "HttpOnly", "SameSite=Lax"];
  return [`${nameOf(request)}=${token}`, ...attributes, ...(request.secure ? ["Secure"] : [])].join("; ");
}

/** The token of a sign-in that this browser began; null without one. */
export function flowTokenOf(request: RequestFacts): string | null {
  const name = nameOf(request);
  for (const part of (request.cookie ?? "").split(";")) {
    const [key, value = ""] = part.trim().split("=");
    if (key === name && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/** What of the token is kept: whoever reads the table cannot go on in anybody's name. */
export function flowIdOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
