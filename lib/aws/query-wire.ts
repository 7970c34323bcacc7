import { XMLParser, XMLValidator } from "fast-xml-parser";
import { InvalidAnswerError } from "./failure";

/** What a query request may carry: texts, numbers, lists (numbered from 1) and structures. */
export type QueryInput = { readonly [name: string]: QueryValue | undefined };
type QueryValue = string | number | boolean | readonly QueryValue[] | QueryInput;

/** The form body of Amazon EC2's query protocol: `Filter.1.Value.2=...` (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html). */
export function queryBody(operation: string, version: string, input: QueryInput): string {
  const form = new URLSearchParams({ Action: operation, Version: version });
  for (const [name, value] of Object.entries(input)) append(form, name, value);
  return form.toString();
}

function append(form: URLSearchParams, name: string, value: QueryValue | undefined): void {
  if (value === undefined) return;
  if (isList(value)) for (const [index, entry] of value.entries()) append(form, `${name}.${index + 1}`, entry);
  else if (typeof value === "object")
    for (const [key, entry] of Object.entries(value)) append(form, `${name}.${key}`, entry);
  else form.append(name, String(value));
}

function isList(value: QueryValue): value is readonly QueryValue[] {
  return Array.isArray(value);
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
  // Lists are <item> elements; one entry is a list too.
  isArray: (name) => name === "item",
  maxNestedTags: 50,
});

/** The content of an XML answer's root element: texts, structures, and lists as `{ item: [...] }`. Throws InvalidAnswerError when it is no XML. */
export function readQueryXml(body: Uint8Array): Record<string, unknown> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  // A document type may define entities; no AWS service sends one.
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true)
    throw new InvalidAnswerError("the body is not XML");
  const document: unknown = parser.parse(text);
  const root = typeof document === "object" && document !== null ? Object.values(document)[0] : undefined;
  if (typeof root !== "object" || root === null) throw new InvalidAnswerError("the body has no content");
  return { ...root };
}

/** Code and message of an error answer: `<Response><Errors><Error>` (EC2) or `<ErrorResponse><Error>`; null when it is neither. */
export function readQueryError(body: Uint8Array): { code: string; message: string } | null {
  let root: Record<string, unknown>;
  try {
    root = readQueryXml(body);
  } catch {
    return null;
  }
  const error = member(member(root, "Errors") ?? root, "Error");
  const code = member(error, "Code");
  const message = member(error, "Message");
  return typeof code === "string" ? { code, message: typeof message === "string" ? message : "" } : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
