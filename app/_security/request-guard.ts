import { AppError } from "@/lib/domain/errors";

/** What of a request decides whether it is answered. Header values as received, null when absent. */
export interface GuardedRequest {
  method: string;
  host: string | null;
  origin: string | null;
  /** Fetch metadata that browsers send and pages cannot forge. */
  secFetchSite: string | null;
  /** Whether it brings a key of the API and no cookie: no browser adds a key by itself, so no page can make another's browser send one. */
  byKeyAlone: boolean;
}

/** Which hosts this server answers for. */
export interface HostPolicy {
  /** The address the server is bound to (HOST); a wildcard address adds no name. */
  boundHost: string;
  /** Further host names, without port, in lower case (MQ_STEWARD_ALLOWED_HOSTS). */
  allowedHosts: readonly string[];
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const WILDCARD = new Set(["", "0.0.0.0", "::", "[::]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const HOST_HEADER = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;

/**
 * Refuses a request that only a hostile page could have caused; returns null when the request is welcome.
 * - A Host that is not ours (misdirected-request, 421): with DNS rebinding a foreign page reads from its own name that now points to loopback.
 *   The port is not compared: port forwarding changes it, rebinding gains nothing by it.
 * - A state-changing request of another origin (forbidden, 403): the browser would send it although the page may not read the answer.
 *   Clients that are no browsers send neither Origin nor Sec-Fetch-Site and pass, and so does whoever brings a key and no cookie.
 */
export function refusalOf(request: GuardedRequest, policy: HostPolicy): AppError | null {
  const host = parseHost(request.host);
  if (!host || !isOurs(host, policy)) {
    return new AppError(
      "misdirected-request",
      "This server does not answer for that host name. To use another name, add it to MQ_STEWARD_ALLOWED_HOSTS and restart.",
    );
  }
  if (SAFE_METHODS.has(request.method.toUpperCase()) || request.byKeyAlone) return null;
  const foreignOrigin = request.origin !== null && originHost(request.origin) !== host.text;
  if (foreignOrigin || request.secFetchSite === "cross-site") {
    return new AppError("forbidden", "Requests that change something are accepted from this server's own pages only.");
  }
  return null;
}

interface Host {
  name: string;
  /** Name and port as received, in lower case. */
  text: string;
}

function parseHost(header: string | null): Host | null {
  const text = (header ?? "").trim().toLowerCase();
  const match = HOST_HEADER.exec(text);
  return match?.[1] ? { name: match[1], text } : null;
}

function isOurs(host: Host, policy: HostPolicy): boolean {
  if (LOOPBACK.has(host.name)) return true;
  const bound = policy.boundHost.toLowerCase();
  if (!WILDCARD.has(bound) && (host.name === bound || host.name === `[${bound}]`)) return true;
  return policy.allowedHosts.includes(host.name);
}

/** Host of an Origin header as a Host header would write it; null for `null` and malformed ones. */
function originHost(origin: string): string | null {
  try {
    return new URL(origin).host.toLowerCase() || null;
  } catch {
    return null;
  }
}
