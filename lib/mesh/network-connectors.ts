import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type ConnectorUri, parseConnectorUri } from "./endpoint-uri";

/** One `<networkConnector>` of a broker's configuration. Passwords are never kept, only that there is one. */
export interface NetworkConnector extends ConnectorUri {
  /** `bridge` where the configuration names none, as ActiveMQ does. */
  readonly name: string;
  readonly duplex: boolean;
  /** The user it signs in with on the other broker; AWS adds the password at run time. */
  readonly userName: string | null;
  /** A password stands in the configuration in plain text, where everybody with console access reads it. */
  readonly hasPassword: boolean;
}

/** Why a configuration could not be read. */
export type ConnectorParseErrorCode =
  | "too-large"
  /** Document types declare entities, and no broker configuration needs one. */
  | "doctype-refused"
  | "malformed"
  /** Well-formed, but without a `<broker>` element. */
  | "not-a-broker-configuration";

export interface ConnectorParseError {
  readonly code: ConnectorParseErrorCode;
  readonly message: string;
  /** Line of the configuration; null when not known. */
  readonly line: number | null;
}

export type ConnectorParse =
  | { readonly ok: true; readonly connectors: readonly NetworkConnector[] }
  | { readonly ok: false; readonly error: ConnectorParseError };

/** Longest configuration that is read, in characters: about twice what AWS stores. */
export const MAX_CONFIGURATION_LENGTH = 500_000;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // No entity is ever expanded by the parser; the five of XML and character references are decoded here, once.
  processEntities: false,
  maxNestedTags: 100,
});

/**
 * Reads the network connectors of an ActiveMQ broker configuration (the decoded `Data` of DescribeConfigurationRevision). Comments and CDATA do not
 * count. Never throws: what cannot be read is a typed error, and the caller reports the broker's mesh as unknown.
 */
export function parseNetworkConnectors(xml: string): ConnectorParse {
  if (xml.length > MAX_CONFIGURATION_LENGTH) {
    return failed("too-large", `the configuration has ${xml.length} characters, more than ${MAX_CONFIGURATION_LENGTH}`);
  }
  const text = blankCommentsAndCdata(xml.replace(/^\uFEFF/, ""));
  if (text === undefined) return failed("malformed", "a comment or CDATA section is not closed");
  const doctype = /<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.exec(text);
  if (doctype) return failed("doctype-refused", "document type declarations are not read", lineAt(text, doctype.index));
  try {
    const wellFormed = XMLValidator.validate(text);
    if (wellFormed !== true) return failed("malformed", wording(wellFormed.err.msg), wellFormed.err.line ?? null);
    const document: unknown = parser.parse(text);
    const broker = findElements([document], "broker", 3);
    if (broker.length === 0) return failed("not-a-broker-configuration", "there is no <broker> element");
    const lists = broker.flatMap((element) => childElements(element, "networkConnectors"));
    return {
      ok: true,
      connectors: lists.flatMap((list) => childElements(list, "networkConnector")).map(readConnector),
    };
  } catch (error) {
    // The parser throws on what its validator lets pass: reserved names, nesting beyond the limit.
    return failed("malformed", error instanceof Error ? error.message.slice(0, 200) : "the parser failed");
  }
}

/** An element as the parser gives it with `preserveOrder`: its children, and its attributes. */
interface Element {
  readonly children: readonly unknown[];
  readonly attributes: ReadonlyMap<string, string>;
}

function readConnector(element: Element): NetworkConnector {
  const attribute = (name: string) => element.attributes.get(name.toLowerCase());
  return {
    name: attribute("name")?.trim() || "bridge",
    duplex: attribute("duplex")?.trim().toLowerCase() === "true",
    userName: attribute("userName")?.trim() || null,
    hasPassword: Boolean(attribute("password")),
    ...parseConnectorUri(attribute("uri") ?? ""),
  };
}

/** Elements of a name among the nodes and, down to `depth` levels, their children. */
function findElements(nodes: readonly unknown[], name: string, depth: number): Element[] {
  if (depth === 0) return [];
  return nodes.flatMap((node) => {
    if (Array.isArray(node)) return findElements(node, name, depth);
    const found = elementOf(node, name);
    if (found) return [found];
    return isRecord(node) ? findElements(Object.values(node).filter(Array.isArray), name, depth - 1) : [];
  });
}

function childElements(element: Element, name: string): Element[] {
  return element.children.flatMap((node) => elementOf(node, name) ?? []);
}

function elementOf(node: unknown, name: string): Element | undefined {
  if (!isRecord(node)) return undefined;
  const children = node[name];
  if (!Array.isArray(children)) return undefined;
  const attributes = node[":@"];
  const entries = isRecord(attributes) ? Object.entries(attributes) : [];
  // ActiveMQ writes userName, AWS's guide also username.
  return {
    children,
    attributes: new Map(entries.map(([key, value]) => [key.toLowerCase(), decodeEntities(String(value))])),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The text with comments and CDATA sections replaced by blanks (line breaks stay, so line numbers hold); undefined when one is not closed. One pass,
 * and each opening is searched for once: a regular expression, or searching both after every section, takes quadratic time over many of them.
 */
export function blankCommentsAndCdata(xml: string): string | undefined {
  const kept: string[] = [];
  let position = 0;
  let comment = xml.indexOf("<!--");
  let cdata = xml.indexOf("<![CDATA[");
  while (comment >= 0 || cdata >= 0) {
    const isComment = cdata < 0 || (comment >= 0 && comment < cdata);
    const start = isComment ? comment : cdata;
    const closing = isComment ? "-->" : "]]>";
    const end = xml.indexOf(closing, start + (isComment ? 4 : 9));
    if (end < 0) return undefined;
    const next = end + closing.length;
    kept.push(xml.slice(position, start), xml.slice(start, next).replace(/[^\n]+/g, " "));
    position = next;
    if (comment >= 0 && comment < next) comment = xml.indexOf("<!--", next);
    if (cdata >= 0 && cdata < next) cdata = xml.indexOf("<![CDATA[", next);
  }
  kept.push(xml.slice(position));
  return kept.join("");
}

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The five entities of XML and character references, decoded once (never twice: `&amp;lt;` is `&lt;`); anything else stays as written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED_ENTITIES.get(String(name)) ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The validator's message in words: elements left open come as a list in JSON. */
function wording(message: string): string {
  const open = /^Invalid '(\[[\s\S]*\])' found\.?$/.exec(message)?.[1];
  const names = open?.match(/"[^"]*"/g)?.map((name) => `<${name.slice(1, -1)}>`);
  return names ? `${names.slice(0, 10).join(", ")} not closed` : message.replace(/\.$/, "").slice(0, 200);
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function failed(code: ConnectorParseErrorCode, message: string, line: number | null = null): ConnectorParse {
  return { ok: false, error: { code, message, line } };
}
