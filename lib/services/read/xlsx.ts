import { crc32, deflateRawSync } from "node:zlib";
import { parseDecimal } from "@/lib/domain/money";

/** A cell: text, nothing, a number as exact text with its format, or a day. */
export type SheetCell = string | null | { number: string; format: SheetFormat } | { day: string };
export type SheetFormat = "integer" | "general" | "decimal" | "percent-points" | "money";

export interface Sheet {
  name: string;
  /** The frozen first row. */
  header: readonly string[];
  /** Widths in characters. */
  widths: readonly number[];
  rows: readonly (readonly SheetCell[])[];
}

/** Cell styles by index of `cellXfs`. */
const STYLES = {
  general: 0,
  heading: 1,
  integer: 2,
  decimal: 3,
  "percent-points": 4,
  money: 5,
  day: 6,
  bold: 7,
} as const;
/** Excel refuses longer names and these characters. */
const NAME_LENGTH = 31;
/** A cell takes no longer text. */
const TEXT_LENGTH = 32_767;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DAY_ZERO = Date.UTC(1899, 11, 30);

/**
 * An Office Open XML workbook: one sheet each, with a bold, frozen and filterable first row. Numbers are numbers and days are days, with formats; text is
 * text, so nothing in it is ever run as a formula. Spreadsheets keep 15 digits of a number. The same input gives the same bytes.
 */
export function workbook(sheets: readonly Sheet[]): Uint8Array {
  const names = uniqueNames(sheets);
  const files: [string, string][] = [
    ["[Content_Types].xml", contentTypes(sheets.length)],
    [
      "_rels/.rels",
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ["xl/workbook.xml", workbookXml(names, sheets)],
    ["xl/_rels/workbook.xml.rels", workbookRelations(sheets.length)],
    ["xl/styles.xml", STYLES_XML],
    ...sheets.map((sheet, index): [string, string] => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet)]),
  ];
  return zip(files.map(([name, text]) => ({ name, bytes: Buffer.from(text, "utf8") })));
}

function sheetXml({ header, widths, rows }: Sheet): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const lines = [
    rowXml(
      1,
      header.map((text) => textCell(text, "heading")),
    ),
    ...rows.map((cells, index) => rowXml(index + 2, cells.map(cellXml))),
  ];
  const last = `${columnName(Math.max(0, header.length - 1))}${rows.length + 1}`;
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`
  );
}

function rowXml(number: number, cells: readonly ((at: string) => string)[]): string {
  return `<row r="${number}">${cells.map((cell, index) => cell(`${columnName(index)}${number}`)).join("")}</row>`;
}

function cellXml(cell: SheetCell): (at: string) => string {
  if (cell === null || cell === "") return () => "";
  if (typeof cell === "string") return textCell(cell, "general");
  if ("day" in cell) {
    const serial = (Date.parse(`${cell.day}T00:00:00Z`) - DAY_ZERO) / 86_400_000;
    return (at) => `<c r="${at}" s="${STYLES.day}"><v>${serial}</v></c>`;
  }
  const value = parseDecimal(cell.number).toSignificantDigits(15).toString();
  return (at) => `<c r="${at}" s="${STYLES[cell.format]}"><v>${value}</v></c>`;
}

function textCell(text: string, style: "general" | "heading"): (at: string) => string {
  return (at) =>
    `<c r="${at}" t="inlineStr" s="${STYLES[style]}"><is><t xml:space="preserve">${escaped(text.slice(0, TEXT_LENGTH))}</t></is></c>`;
}

/** XML text; control characters and unpaired surrogates, which XML cannot hold, become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

function uniqueNames(sheets: readonly Sheet[]): string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }) => {
    const base = name.replace(/[[\]:*?/\\]/g, " ").slice(0, NAME_LENGTH);
    let unique = base;
    for (let number = 2; taken.has(unique.toLowerCase()); number++)
      unique = `${base.slice(0, NAME_LENGTH - 4)} (${number})`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

function workbookXml(names: readonly string[], sheets: readonly Sheet[]): string {
  const entries = names.map(
    (name, index) =>
      `<sheet name="${escaped(name).replaceAll('"', "&quot;")}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const filters = names.map((name, index) => {
    const sheet = sheets[index];
    const last = `$${columnName(Math.max(0, (sheet?.header.length ?? 1) - 1))}$${(sheet?.rows.length ?? 0) + 1}`;
    const quoted = escaped(name).replaceAll("'", "''");
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${quoted}'!$A$1:${last}</definedName>`;
  });
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join("")}</sheets><definedNames>${filters.join("")}</definedNames></workbook>`;
}

function workbookRelations(sheets: number): string {
  const entries = Array.from(
    { length: sheets },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${entries.join("")}<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`;
}

function contentTypes(sheets: number): string {
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const entries = Array.from(
    { length: sheets },
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  );
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${entries.join("")}</Types>`
  );
}

const STYLES_XML =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="#,##0"/><numFmt numFmtId="165" formatCode="#,##0.0##"/>` +
  `<numFmt numFmtId="166" formatCode="#,##0.00"/><numFmt numFmtId="167" formatCode="yyyy\\-mm\\-dd"/></numFmts>` +
  `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7">` +
  [
    [0, 0],
    [0, 1],
    [164, 0],
    [165, 0],
    [165, 0],
    [166, 0],
    [167, 0],
  ]
    .map(
      ([format, font]) =>
        `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
    )
    .join("") +
  `</cellXfs></styleSheet>`;

interface ZipFile {
  name: string;
  bytes: Uint8Array;
}

/** A ZIP archive (deflate, no dates: 1980-01-01), so that equal contents are equal bytes. Source: PKWARE APPNOTE 6.3. */
function zip(files: readonly ZipFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes, { level: 6 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0, 6);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name)]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), common, central, Buffer.from(name)]));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
