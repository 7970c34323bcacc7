import * as http from "node:http";
import * as https from "node:https";

/** Who calls, in AWS's logs (CloudTrail's userAgent). */
const USER_AGENT = "mq-steward";

/** What the SDK hands to its request handler, as far as it is used here. */
export interface OutgoingRequest {
  protocol: string;
  hostname: string;
  port?: number;
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  // The SDK types bodies loosely; the operations used here send text or bytes.
  body?: unknown;
}

/** An answer that arrived whole. */
export interface HttpAnswer {
  statusCode: number;
  reason?: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

export type TransportFailure = "connect-timeout" | "timeout" | "cut" | "too-large";

/** A request that got no whole answer. `failure` says how; anything Node says by a code of its own (ENOTFOUND, ECONNREFUSED) stays as it is. */
export class TransportError extends Error {
  constructor(
    readonly failure: TransportFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "TransportError";
  }
}

export interface HttpHandlerOptions {
  /** Milliseconds for name lookup, TCP and TLS. */
  connectTimeoutMs: number;
  /** Milliseconds from sending to the last byte of the body. */
  requestTimeoutMs: number;
  maxSocketsPerHost: number;
  /** Bytes of one answer; an endpoint that never stops sending must not fill the memory. */
  maxBodyBytes: number;
}

export const DEFAULT_HTTP_OPTIONS: HttpHandlerOptions = {
  connectTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  maxSocketsPerHost: 256,
  maxBodyBytes: 64 * 1024 * 1024,
};

/**
 * The HTTP side of all AWS clients: one keep-alive pool for the process, one deadline per request that also covers the body (the SDK's own
 * handler stops its clock at the first header, so a body that stalls hangs for ever), whole bodies only (a cut one is an error here and not a
 * JSON error later). It also costs a third of the SDK's handler, which arms four timers and a listener per request.
 */
export class PooledHttpHandler {
  readonly metadata = { handlerProtocol: "http/1.1" };
  readonly #httpAgent: http.Agent;
  readonly #httpsAgent: https.Agent;

  constructor(readonly options: HttpHandlerOptions) {
    const pool = { keepAlive: true, maxSockets: options.maxSocketsPerHost, scheduling: "lifo" } as const;
    this.#httpAgent = new http.Agent(pool);
    this.#httpsAgent = new https.Agent(pool);
  }

  /** Sends one request. Rejects with TransportError or Node's own network error. */
  handle(request: OutgoingRequest): Promise<{ response: HttpAnswer }> {
    const { connectTimeoutMs, requestTimeoutMs, maxBodyBytes } = this.options;
    const secure = request.protocol === "https:";
    return new Promise((resolve, reject) => {
      let settled = false;
      let connectTimer: NodeJS.Timeout | undefined;
      const fail = (error: unknown) => {
        if (settled) return;
        settled = true;
        clearTimeout(deadline);
        clearTimeout(connectTimer);
        outgoing.destroy();
        reject(error);
      };
      const outgoing = (secure ? https : http).request(
        {
          // An IPv6 address comes in brackets.
          host: request.hostname.startsWith("[") ? request.hostname.slice(1, -1) : request.hostname,
          port: request.port,
          method: request.method,
          path: request.path + queryString(request.query),
          // Never part of the signature, so it may be added here.
          headers: { ...request.headers, "user-agent": USER_AGENT },
          agent: secure ? this.#httpsAgent : this.#httpAgent,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          let length = 0;
          incoming.on("data", (chunk: Buffer) => {
            length += chunk.length;
            if (length > maxBodyBytes)
              fail(new TransportError("too-large", `answer longer than ${maxBodyBytes} bytes`));
            else chunks.push(chunk);
          });
          incoming.on("error", (cause) => fail(new TransportError("cut", "the connection was cut", { cause })));
          incoming.on("end", () => {
            // After an announced length, `complete` is false when fewer bytes came.
            if (!incoming.complete) return fail(new TransportError("cut", "the connection was cut"));
            if (settled) return;
            settled = true;
            clearTimeout(deadline);
            const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
            resolve({
              response: {
                statusCode: incoming.statusCode ?? 0,
                reason: incoming.statusMessage,
                headers: joinedHeaders(incoming.headers),
                body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
              },
            });
          });
        },
      );
      const deadline = setTimeout(
        () => fail(new TransportError("timeout", `no answer within ${requestTimeoutMs} ms`)),
        requestTimeoutMs,
      );
      outgoing.on("socket", (socket) => {
        if (!socket.connecting) return;
        connectTimer = setTimeout(
          () => fail(new TransportError("connect-timeout", `no connection within ${connectTimeoutMs} ms`)),
          connectTimeoutMs,
        );
        socket.once(secure ? "secureConnect" : "connect", () => clearTimeout(connectTimer));
      });
      outgoing.on("error", fail);
      outgoing.end(bodyOf(request.body));
    });
  }

  /** Part of the SDK's handler interface: options are fixed here. */
  updateHttpClientConfig(): void {}

  /** Part of the SDK's handler interface. */
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  /** Called by a client that is thrown out of the cache: the pool is shared and stays. */
  destroy(): void {}

  /** Closes the pool. Requests under way fail. */
  close(): void {
    this.#httpAgent.destroy();
    this.#httpsAgent.destroy();
  }
}

function queryString(query: OutgoingRequest["query"]): string {
  if (!query) return "";
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    for (const single of Array.isArray(value) ? value : [value ?? ""])
      pairs.push(`${escapeUri(name)}=${escapeUri(single)}`);
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** As signatures want it: what encodeURIComponent leaves and RFC 3986 reserves is escaped too. */
function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function joinedHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return joined;
}

function bodyOf(body: unknown): string | Uint8Array | undefined {
  if (body === undefined || body === null || typeof body === "string" || body instanceof Uint8Array) {
    return body ?? undefined;
  }
  throw new TypeError("only text and byte bodies are sent");
}
