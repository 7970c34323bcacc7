import { inflateSync } from "node:zlib";

/** A PDF as a reader sees it. */
export interface ReadPdf {
  /** The text of each page, in the order in which it is drawn, without white space. */
  pages: string[];
  /** Titles of the outline, in order. */
  outline: string[];
  /** Names of fonts that are not embedded. */
  notEmbedded: string[];
}

/**
 * Reads the text of a PDF back, by its own fonts' maps to Unicode: enough of the format for what pdfkit writes (plain objects, deflated streams, hexadecimal
 * glyphs). Source: ISO 32000-1, 7.3, 9.4 and 9.10.
 */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const objects = objectsOf(bytes);
  const dictionary = (id: string) => objects.get(id)?.dictionary ?? "";
  const pageIds = [...objects].flatMap(([id, { dictionary: text }]) => (/\/Type \/Page\b(?!s)/.test(text) ? [id] : []));
  const order = kidsOf(dictionary(pagesRoot(objects)), dictionary);
  const fonts = new Map<string, Map<number, string>>();
  const mapOf = (id: string) => {
    const known = fonts.get(id) ?? glyphMap(objects.get(referenceOf(dictionary(id), "ToUnicode"))?.stream ?? "");
    fonts.set(id, known);
    return known;
  };
  return {
    pages: order
      .filter((id) => pageIds.includes(id))
      .map((id) => {
        const page = dictionary(id);
        const resources = inlineOrReferred(page, "Resources", dictionary);
        const names = new Map(
          [...inlineOrReferred(resources, "Font", dictionary).matchAll(/\/(\w+) (\d+) 0 R/g)].map(
            ([, name = "", font = ""]) => [name, mapOf(font)],
          ),
        );
        return textOf(objects.get(referenceOf(page, "Contents"))?.stream ?? "", names).replace(/\s/g, "");
      }),
    outline: [...objects.values()].flatMap(({ dictionary: text }) =>
      /\/Dest/.test(text) && /\/Title/.test(text) ? [titleOf(text)] : [],
    ),
    notEmbedded: [...objects.values()].flatMap(({ dictionary: text }) =>
      /\/Subtype \/Type1\b/.test(text) ? [/\/BaseFont \/(\S+)/.exec(text)?.[1] ?? "?"] : [],
    ),
  };
}

interface PdfObject {
  dictionary: string;
  stream: string;
}

function objectsOf(bytes: Uint8Array): Map<string, PdfObject> {
  const text = Buffer.from(bytes).toString("latin1");
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, id = "", body = ""] = match;
    const [dictionary = "", packed] = body.split(/stream\n/, 2);
    const raw = packed === undefined ? "" : packed.replace(/\nendstream$/, "");
    const stream = dictionary.includes("/FlateDecode")
      ? inflateSync(Buffer.from(raw, "latin1")).toString("latin1")
      : raw;
    objects.set(id, { dictionary, stream });
  }
  return objects;
}

function pagesRoot(objects: ReadonlyMap<string, PdfObject>): string {
  const catalogue = [...objects.values()].find(({ dictionary }) => /\/Type \/Catalog/.test(dictionary));
  return referenceOf(catalogue?.dictionary ?? "", "Pages");
}

function kidsOf(dictionary: string, read: (id: string) => string): string[] {
  const kids = /\/Kids \[([^\]]*)\]/.exec(dictionary)?.[1];
  if (kids === undefined) return [];
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, id = ""]) =>
    /\/Type \/Pages/.test(read(id)) ? kidsOf(read(id), read) : [id],
  );
}

function referenceOf(dictionary: string, key: string): string {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(dictionary)?.[1] ?? "";
}

function inlineOrReferred(dictionary: string, key: string, read: (id: string) => string): string {
  const id = referenceOf(dictionary, key);
  if (id !== "") return read(id);
  return new RegExp(`/${key} <<([\\s\\S]*?)>>`).exec(dictionary)?.[1] ?? "";
}

function glyphMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, block = ""] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = "", , list = ""] of block.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
      [...list.matchAll(/<([^>]*)>/g)].forEach(([, code = ""], index) => {
        map.set(Number.parseInt(first, 16) + index, fromUtf16(code));
      });
    }
  }
  return map;
}

function fromUtf16(hex: string): string {
  return Buffer.from(hex.replace(/\s/g, ""), "hex").swap16().toString("utf16le");
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> = new Map();
  const parts: string[] = [];
  for (const [, name, glyphs] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    for (const [, hex = ""] of (glyphs ?? "").matchAll(/<([0-9a-fA-F]*)>/g)) {
      for (let at = 0; at < hex.length; at += 4)
        parts.push(font.get(Number.parseInt(hex.slice(at, at + 4), 16)) ?? "\uFFFD");
    }
  }
  return parts.join("");
}

function titleOf(dictionary: string): string {
  const hex = /\/Title <([0-9a-fA-F]+)>/.exec(dictionary)?.[1];
  if (hex !== undefined) return fromUtf16(hex.replace(/^feff/i, ""));
  const literal = /\/Title \(([\s\S]*?)(?<!\\)\)/.exec(dictionary)?.[1] ?? "";
  if (!literal.startsWith("\u00fe\u00ff")) return literal;
  return Buffer.from(literal.slice(2), "latin1").swap16().toString("utf16le");
}
