import { InvalidAnswerError } from "./failure";

/** Member names already turned; bounded, because an endpoint may send anything. */
const UPPER_FIRST = new Map<string, string>();

/**
 * The body of a REST-JSON answer in the SDK's names (first letter upper case), members sorted by name at every depth, so that equal answers are
 * equal texts. Read as it was sent and not by the SDK's model: the model drops every attribute it does not know, and the newest SDK at hand
 * does not know `storageSize`, which Amazon MQ sends since July 2026. Dates stay ISO text. Throws InvalidAnswerError when it is no JSON object.
 */
export function readWireJson(body: Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
  } catch {
    // The parser's message quotes the body, so it is not passed on.
    throw new InvalidAnswerError("the body is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new InvalidAnswerError("the body is not a JSON object");
  }
  return members(parsed, upperFirst);
}

function value(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  return Array.isArray(sent) ? sent.map(value) : members(sent, upperFirst);
}

/** A hot path: each description has some 60 members, so no arrays of pairs are made here. */
function members(sent: object, nameOf: (wireName: string) => string): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const name of Object.keys(sent).sort()) {
    const member: unknown = Reflect.get(sent, name);
    // The keys of a map are data and stay as they are.
    const read = name === "tags" && isMap(member) ? members(member, same) : value(member);
    if (name === "__proto__") Object.defineProperty(named, name, { value: read, enumerable: true });
    else named[nameOf(name)] = read;
  }
  return named;
}

function isMap(member: unknown): member is object {
  return typeof member === "object" && member !== null && !Array.isArray(member);
}

function upperFirst(name: string): string {
  const known = UPPER_FIRST.get(name);
  if (known !== undefined) return known;
  const upper = name.charAt(0).toUpperCase() + name.slice(1);
  if (UPPER_FIRST.size < 500) UPPER_FIRST.set(name, upper);
  return upper;
}

function same(name: string): string {
  return name;
}
