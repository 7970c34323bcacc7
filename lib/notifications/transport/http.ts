import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import type { HttpRequest, SendOutcome } from "../define-channel";
import { AddressRefused, checkedAddresses, type Resolve } from "./address-guard";

const TIMEOUT_MS = 15_000;
/** Of an answer, for the reason that is shown. */
const ANSWER_BYTES = 2_000;
const ANSWER_CHARACTERS = 200;
/** Nobody waits longer on a receiver's word. */
const MOST_RETRY_MS = 6 * 3_600_000;
/** Statuses after which trying again may help. */
const TRANSIENT = new Set([408, 425, 429]);

export interface HttpOptions {
  /** Host names, addresses and ranges that may be reached although they are not public. */
  allowed: readonly string[];
  resolve?: Resolve;
  timeoutMs?: number;
  /** Wall time, for Retry-After given as a date. */
  now: () => Date;
}

/**
 * Posts a body and tells what came of it. Connects to addresses that were checked, follows no redirect, opens a connection of its own: a kept one that is
 * cut leaves unknown whether the request was read. Never throws.
 */
export async function post(request: HttpRequest, options: HttpOptions): Promise<SendOutcome> {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    return refused("The address is no http or https address without a user name.", true);
  let addresses: Awaited<ReturnType<typeof checkedAddresses>>;
  try {
    addresses = await checkedAddresses(url.hostname, options);
  } catch (error) {
    if (error instanceof AddressRefused) return refused(error.message, true);
    return refused(`${url.hostname} cannot be resolved: ${wordsOf(error)}`, false);
  }
  return exchange(url, request, addresses, options);
}

function exchange(
  url: URL,
  { headers, body }: HttpRequest,
  addresses: Awaited<ReturnType<typeof checkedAddresses>>,
  { timeoutMs = TIMEOUT_MS, now }: HttpOptions,
): Promise<SendOutcome> {
  const toChecked: LookupFunction = (_host, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else if (first) done(null, first.address, first.family);
  };
  const send = url.protocol === "https:" ? tlsRequest : plainRequest;
  return new Promise((resolve) => {
    // Whether the whole request may have been read.
    let connected = false;
    let settled = false;
    const settle = (outcome: SendOutcome) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve(outcome);
      outgoing.destroy();
    };
    const outgoing = send(url, {
      method: "POST",
      agent: false,
      lookup: toChecked,
      headers: {
        ...headers,
        "content-length": Buffer.byteLength(body),
        "user-agent": "mq-steward",
        connection: "close",
      },
    });
    const timer = setTimeout(() => {
      const words = `no answer within ${timeoutMs / 1000} seconds`;
      settle(
        connected
          ? { kind: "unknown", message: `${url.hostname}: ${words}.` }
          : refused(`${url.hostname}: ${words}.`, false),
      );
    }, timeoutMs);
    outgoing.once("socket", (socket) => {
      socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
        connected = true;
      });
    });
    outgoing.once("error", (error) => {
      const message = `${url.hostname}: ${wordsOf(error)}`;
      settle(connected ? { kind: "unknown", message } : refused(message, false));
    });
    outgoing.once("response", (response) => {
      const { statusCode = 0, headers: answered } = response;
      if (statusCode >= 200 && statusCode < 300) return settle({ kind: "sent", detail: `HTTP ${statusCode}` });
      let said = "";
      const tell = () => settle(outcomeOf(statusCode, said, answered["retry-after"], now()));
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        said += chunk;
        if (said.length > ANSWER_BYTES) tell();
      });
      response.once("end", tell);
      response.once("error", tell);
    });
    outgoing.end(body);
  });
}

function outcomeOf(status: number, said: string, retryAfter: string | undefined, now: Date): SendOutcome {
  const words = said
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, ANSWER_CHARACTERS);
  const message = `HTTP ${status}${words ? `: ${words}` : ""}`;
  if (status >= 300 && status < 400) return refused(`${message} Redirects are not followed.`, true);
  const transient = status >= 500 || TRANSIENT.has(status);
  return {
    kind: "refused",
    permanent: !transient,
    retryAfterMs: transient ? retryAfterMs(retryAfter, now) : null,
    message,
  };
}

/** What Retry-After asks for, in seconds or as a date; null where it says nothing that can be read. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), MOST_RETRY_MS) : null;
}

function refused(message: string, permanent: boolean): SendOutcome {
  return { kind: "refused", permanent, retryAfterMs: null, message };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
