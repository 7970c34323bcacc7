import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { PEER_HEADER } from "@/lib/domain/peer-header";

const OBSERVED = Symbol.for("mq-steward.peer-address");

/**
 * Gives every request the network address of its connection as a header. Next hands neither routes nor the proxy the socket, and what arrives as
 * X-Forwarded-For is whatever the client wrote; rate limits and the audit need the truth.
 */
export function observePeerAddresses(): void {
  const holder = globalThis as typeof globalThis & { [OBSERVED]?: true };
  if (holder[OBSERVED]) return;
  holder[OBSERVED] = true;
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    const { request } = message;
    if (request instanceof IncomingMessage) request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
  });
}
