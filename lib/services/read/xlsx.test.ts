import { inflateRawSync } from "node:zlib";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { type Sheet, workbook } from "@/lib/services/read/xlsx";

/** Files of the archive by its central directory, as a spreadsheet program finds them. */
function filesOf(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const end = buffer.length - 22;
  expect(buffer.readUInt32LE(end)).toBe(0x06054b50);
  let at = buffer.readUInt32LE(end + 16);
  const files = new Map<string, string>();
  for (let count = buffer.readUInt16LE(end + 10); count > 0; count--) {
    expect(buffer.readUInt32LE(at)).toBe(0x02014b50);
    const [size, whole, length, local] = [
      buffer.readUInt32LE(at + 20),
      buffer.readUInt32LE(at + 24),
      buffer.readUInt16LE(at + 28),
      buffer.readUInt32LE(at + 42),
    ];
    const name = buffer.toString("utf8", at + 46, at + 46 + length);
    const start = local + 30 + buffer.readUInt16LE(local + 26);
    const text = inflateRawSync(buffer.subarray(start, start + size));
    expect(text.length).toBe(whole);
    files.set(name, text.toString("utf8"));
    at += 46 + length;
  }
  return files;
}

const sheet = (rows: Sheet["rows"], name = "A"): Sheet => ({ name, header: ["Name", "Value"], widths: [20, 10], rows });

describe("workbook", () => {
  it("writes numbers as numbers with 15 digits, days as days, text as text", () => {
    const xml =
      filesOf(
        workbook([
          sheet([
            ["=1+1 <&> \u0007 \ud800", { number: "168161.541234567890123456", format: "money" }],
            [null, { day: "2026-09-30" }],
          ]),
        ]),
      ).get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).toContain('<c r="B2" s="5"><v>168161.541234568</v></c>');
    expect(xml).toContain('<c r="B3" s="6"><v>46295</v></c>');
    expect(xml).toContain('t="inlineStr" s="0"><is><t xml:space="preserve">=1+1 &lt;&amp;&gt; \ufffd \ufffd</t></is>');
    expect(xml).not.toContain("<f>");
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:B3"/>');
  });

  it("is well formed in every part, also with odd and equal names of sheets", () => {
    const long = "Scopes: what [could] not be read / in full?";
    const files = filesOf(workbook([sheet([], long), sheet([], long), sheet([["x", null]], "It's")]));
    expect(files.size).toBe(8);
    for (const [name, text] of files) expect(() => new XMLParser().parse(text, true), name).not.toThrow();
    const names = [...(files.get("xl/workbook.xml") ?? "").matchAll(/<sheet name="([^"]*)"/g)].map(
      ([, name = ""]) => name,
    );
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name.length <= 31 && !/[[\]:*?/\\]/.test(name), name).toBe(true);
  });

  it("gives the same bytes for the same sheets", () => {
    const sheets = [sheet([["x", { number: "1", format: "integer" }]])];
    expect(Buffer.from(workbook(sheets)).equals(Buffer.from(workbook(sheets)))).toBe(true);
  });
});
