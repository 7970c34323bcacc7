import { lookup } from "node:dns";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError } from "@/lib/domain/errors";
import { MAX_IMPORT_BYTES } from "@/lib/domain/reference-kind";
import { isPublicAddress } from "./public-address";

const TIMEOUT_MS = 30_000;

/** What a test replaces: the network itself, and which addresses may be asked. */
export interface DownloadParts {
  request?: (url: URL, options: RequestOptions) => ReturnType<typeof httpsRequest>;
  resolve?: typeof lookup;
  isAllowed?: (address: string) => boolean;
  maxBytes?: number;
  timeoutMs?: number;
}

/**
 * The text at an address somebody gave. Only https to the standard port of a public host: a name is resolved once, every address of it is checked, and
 * the connection goes to those addresses, so that a name cannot lead inside afterwards. Redirects are not followed. Errors: invalid-input with what went
 * wrong; payload-too-large.
 */
export async function downloadText(address: string, parts: DownloadParts = {}): Promise<Uint8Array> {
  const url = addressOf(address, parts.isAllowed ?? isPublicAddress);
  try {
    const response = await answerOf(url, parts);
    return await bodyOf(response, parts.maxBytes ?? MAX_IMPORT_BYTES);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const timedOut = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
    throw wrong(timedOut ? `${url.host} did not answer in time.` : `${url.host} could not be reached.`, error);
  }
}

function addressOf(text: string, isAllowed: (address: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "https:") throw wrong("The address must begin with https://.");
  if (url.username || url.password) throw wrong("The address must not hold a user name or password.");
  if (url.port !== "") throw wrong("The address must not name a port.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && !isAllowed(host)) throw notPublic(url.hostname);
  return url;
}

function answerOf(url: URL, parts: DownloadParts): Promise<IncomingMessage> {
  const options: RequestOptions = {
    headers: { accept: "application/json", "accept-encoding": "identity", "user-agent": "MQ-Steward" },
    lookup: publicLookup(parts.resolve ?? lookup, parts.isAllowed ?? isPublicAddress),
    signal: AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS),
    // A connection kept from before would not be looked up again.
    agent: false,
  };
  return new Promise((resolve, reject) => {
    (parts.request ?? httpsRequest)(url, options).once("response", resolve).once("error", reject).end();
  });
}

/** Name resolution that answers only when every address of the name may be asked. */
function publicLookup(resolve: typeof lookup, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? wrong(`${hostname} has no address.`), "", 0);
      if (!addresses.every(({ address }) => isAllowed(address))) return done(notPublic(hostname), "", 0);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const { statusCode = 0, headers } = response;
  const refuse = (error: AppError): never => {
    response.destroy();
    throw error;
  };
  if (statusCode >= 300 && statusCode < 400) {
    refuse(wrong(`The address leads to ${headers.location?.slice(0, 300) ?? "another"}: give that one.`));
  }
  if (statusCode !== 200) refuse(wrong(`The address answered ${statusCode}.`));
  if ((headers["content-encoding"] ?? "identity") !== "identity") refuse(wrong("The answer is compressed."));
  const tooLarge = () => new AppError("payload-too-large", `The file is larger than ${maxBytes / 1_000_000} MB.`);
  if (Number(headers["content-length"] ?? 0) > maxBytes) refuse(tooLarge());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) refuse(tooLarge());
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const notPublic = (host: string) =>
  wrong(`${host} is not on the public internet: loopback, link-local and private addresses are not asked.`);

function wrong(message: string, cause?: unknown): AppError {
  return new AppError("invalid-input", message, { cause, details: { field: "address" } });
}
