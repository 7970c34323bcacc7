export type WireProtocol = "rest-json" | "json-1.0" | "json-1.1" | "query" | "ec2-query";

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A 200 answer of the REST JSON protocol from text or bytes that already are JSON. */
export function restJson(body: string | Buffer, status = 200): Reply {
  return { status, contentType: "application/json", headers: {}, body };
}

/** A 200 answer of the JSON 1.0 or 1.1 protocol. */
export function amzJson(protocol: "json-1.0" | "json-1.1", body: unknown): Reply {
  return {
    status: 200,
    contentType: protocol === "json-1.0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1",
    headers: {},
    body: JSON.stringify(body),
  };
}
