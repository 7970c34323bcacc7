import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Font } from "@react-pdf/renderer";

/** Open Sans, the typeface of the screen: Latin, Greek, Cyrillic and Hebrew (SIL Open Font License). Embedded, as the part that is used. */
export const FONT = "Open Sans";

const FILES = {
  400: "@expo-google-fonts/open-sans/400Regular/OpenSans_400Regular.ttf",
  600: "@expo-google-fonts/open-sans/600SemiBold/OpenSans_600SemiBold.ttf",
  700: "@expo-google-fonts/open-sans/700Bold/OpenSans_700Bold.ttf",
} as const;
const WEIGHTS = [400, 600, 700] as const;

/** Signs that have a spelling everybody reads. */
const SPELLED: Readonly<Record<string, string>> = { "→": "->", "←": "<-", "⇒": "=>", "✓": "yes", "✗": "no" };

let covered: ReadonlySet<number> | undefined;

/** Makes the fonts known to the renderer, once per process. Words are never hyphenated: ids and names would get signs that they do not have. */
export function registerFonts(): void {
  if (covered) return;
  const files = WEIGHTS.map((fontWeight) => ({
    fontWeight,
    src: createRequire(import.meta.url).resolve(FILES[fontWeight]),
  }));
  Font.register({ family: FONT, fonts: files });
  Font.registerHyphenationCallback((word) => [word]);
  covered = charactersOf(readFileSync(files[0]?.src ?? ""));
}

/**
 * The text as the fonts can show it: what they have no glyph for is named by its code points in brackets, one pair for a run: "[U+6771 U+4EAC]". Never an
 * empty box. Control characters become spaces.
 */
export function printable(text: string): string {
  const characters = covered;
  if (!characters) throw new Error("the fonts are not registered");
  const parts: string[] = [];
  let missing: string[] = [];
  const flush = () => {
    if (missing.length > 0) parts.push(`[${missing.join(" ")}]`);
    missing = [];
  };
  for (const character of text.normalize("NFC")) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 32 || (code >= 0x7f && code < 0xa0)) {
      flush();
      parts.push(" ");
    } else if (characters.has(code)) {
      flush();
      parts.push(character);
    } else if (SPELLED[character] !== undefined) {
      flush();
      parts.push(SPELLED[character]);
    } else {
      missing.push(`U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
    }
  }
  flush();
  return parts.join("");
}

/** The code points that a TrueType font has glyphs for, by its character map (formats 4 and 12). Source: OpenType specification, table `cmap`. */
export function charactersOf(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableOffset(view, "cmap");
  const found = new Set<number>();
  const subtables = view.getUint16(cmap + 2);
  for (let index = 0; index < subtables; index++) {
    const start = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    const format = view.getUint16(start);
    if (format === 4) addFormat4(view, start, found);
    if (format === 12) addFormat12(view, start, found);
  }
  return found;
}

function tableOffset(view: DataView, wanted: string): number {
  const tables = view.getUint16(4);
  for (let index = 0; index < tables; index++) {
    const at = 12 + index * 16;
    const tag = String.fromCharCode(
      view.getUint8(at),
      view.getUint8(at + 1),
      view.getUint8(at + 2),
      view.getUint8(at + 3),
    );
    if (tag === wanted) return view.getUint32(at + 8);
  }
  throw new Error(`the font has no table ${wanted}`);
}

function addFormat4(view: DataView, start: number, found: Set<number>): void {
  const double = view.getUint16(start + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + double, 16 + double * 2, 16 + double * 3].map(
    (skip) => start + skip,
  );
  if (ends === undefined || starts === undefined || deltas === undefined || offsets === undefined) return;
  for (let segment = 0; segment < double; segment += 2) {
    const last = view.getUint16(ends + segment);
    const first = view.getUint16(starts + segment);
    const delta = view.getInt16(deltas + segment);
    const offset = view.getUint16(offsets + segment);
    for (let code = first; code <= last && code !== 0xffff; code++) {
      const glyph =
        offset === 0 ? (code + delta) & 0xffff : view.getUint16(offsets + segment + offset + (code - first) * 2);
      if (glyph !== 0) found.add(code);
    }
  }
}

function addFormat12(view: DataView, start: number, found: Set<number>): void {
  const groups = view.getUint32(start + 12);
  for (let group = 0; group < groups; group++) {
    const at = start + 16 + group * 12;
    const [first, last, glyph] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)];
    for (let code = first; code <= last; code++) if (glyph + code - first !== 0) found.add(code);
  }
}
