/** One place a network connector may connect to. Credentials and query parameters of the URI are dropped, never kept. */
export interface ConnectorEndpoint {
  /** ssl, tcp, amqp+ssl ..., lower case. */
  readonly scheme: string;
  /** Lower case, without a trailing dot. */
  readonly host: string;
  readonly port: number | null;
  /** The Amazon MQ broker whose endpoint this is, by its host name; null for a host of anybody else. */
  readonly brokerId: string | null;
  /** 1 or 2 of an ActiveMQ broker; null where the host names none. */
  readonly instance: number | null;
  /** Region of the broker; null for a host of anybody else. */
  readonly region: string | null;
}

/** A connector's URI taken apart. */
export interface ConnectorUri {
  /** The outermost scheme: static, masterslave, failover, multicast ..., lower case; empty when there is none. */
  readonly transport: string;
  /** Whether the connector keeps one connection to any of its endpoints (masterslave, failover) instead of one to each. */
  readonly oneOf: boolean;
  /** In the order of the URI, without duplicates. */
  readonly endpoints: readonly ConnectorEndpoint[];
  /** Parts that name no endpoint. */
  readonly unreadable: readonly string[];
}

/** `b-<uuid>-1.mq.<region>.amazonaws.com`; also .amazonaws.com.cn, .on.aws and whatever later partitions end in. */
const MQ_HOST =
  /^(b-[0-9a-z]{8}(?:-[0-9a-z]{4}){3}-[0-9a-z]{12})(?:-(\d{1,2}))?\.mq\.([a-z]{2,4}(?:-[a-z]+)+-\d)\.[a-z0-9.-]+$/;
const COMPOSITE = /^([a-z][a-z0-9+]*):(?:\/\/)?\((.*)\)(\?[^()]*)?$/;
const SIMPLE_LIST = /^(static|masterslave|failover):(?:\/\/)?(?!\()(.+)$/;
const LEAF = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?(\[[0-9a-f:.]+\]|[^/?#:@[\]()]+)(?::(\d{1,5}))?(?:[/?#].*)?$/;
const ONE_OF: ReadonlySet<string> = new Set(["masterslave", "failover"]);
const MAX_NESTING = 5;
const MAX_ENDPOINTS = 200;

/** The Amazon MQ broker a host name belongs to; null for any other host. */
export function amazonMqHost(host: string): { brokerId: string; instance: number | null; region: string } | null {
  const match = MQ_HOST.exec(normalizeHost(host));
  if (!match?.[1] || !match[3]) return null;
  return { brokerId: match[1], instance: match[2] ? Number(match[2]) : null, region: match[3] };
}

/** The endpoint of a plain URI like `ssl://host:61617`; undefined when the text is none. */
export function parseEndpoint(text: string): ConnectorEndpoint | undefined {
  const match = LEAF.exec(text.trim().toLowerCase());
  const [, scheme, rawHost, rawPort] = match ?? [];
  if (!scheme || !rawHost) return undefined;
  const host = normalizeHost(rawHost);
  const port = rawPort === undefined ? null : Number(rawPort);
  if (host === "" || (port !== null && port > 65_535)) return undefined;
  return { scheme, host, port, ...(amazonMqHost(host) ?? { brokerId: null, instance: null, region: null }) };
}

/**
 * Takes apart the URI of a network connector: `static:(ssl://a,ssl://b)`, `masterslave:(...)`, `static:(failover:(...)?randomize=false)` and the
 * forms without parentheses. White space, which line breaks of XML leave behind, means nothing. Never throws.
 */
export function parseConnectorUri(uri: string): ConnectorUri {
  const collected = { endpoints: new Map<string, ConnectorEndpoint>(), unreadable: new Set<string>(), oneOf: false };
  const text = uri.replace(/\s+/g, "").toLowerCase();
  if (text !== "") collect(text, collected, 0);
  return {
    transport: /^([a-z][a-z0-9+]*):/.exec(text)?.[1] ?? "",
    oneOf: collected.oneOf && collected.endpoints.size > 1,
    endpoints: [...collected.endpoints.values()],
    unreadable: [...collected.unreadable],
  };
}

interface Collected {
  endpoints: Map<string, ConnectorEndpoint>;
  unreadable: Set<string>;
  oneOf: boolean;
}

function collect(text: string, into: Collected, nesting: number): void {
  if (into.endpoints.size + into.unreadable.size >= MAX_ENDPOINTS) return;
  const composite = COMPOSITE.exec(text) ?? SIMPLE_LIST.exec(text);
  if (composite?.[1] && composite[2] !== undefined && nesting < MAX_NESTING) {
    if (ONE_OF.has(composite[1])) into.oneOf = true;
    for (const part of splitAtTopLevel(composite[2])) collect(part, into, nesting + 1);
    return;
  }
  const endpoint = parseEndpoint(text);
  if (endpoint) into.endpoints.set(`${endpoint.scheme}://${endpoint.host}:${endpoint.port ?? ""}`, endpoint);
  else into.unreadable.add(withoutCredentials(text));
}

/** Splits at the commas that are not inside parentheses; empty parts are left out. */
function splitAtTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const char = text[index];
    if (char === "(") depth += 1;
    else if (char === ")") depth -= 1;
    else if (index === text.length || (char === "," && depth === 0)) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return parts.filter((part) => part !== "");
}

function withoutCredentials(text: string): string {
  return text
    .replace(/\/\/[^/@]*@/g, "//")
    .replace(/\?.*$/, "")
    .slice(0, 200);
}

function normalizeHost(host: string): string {
  return host.trim().toLowerCase().replace(/\.$/, "");
}
