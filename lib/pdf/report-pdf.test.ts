import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { renderReportPdf } from "@/lib/pdf/report-pdf";
import { buildExampleReport } from "@/lib/testing/build-report";
import { type ReadPdf, readPdf } from "@/lib/testing/read-pdf";

const WHOLE = { paper: "a4", owners: true } as const;
const REFERENCE = join(import.meta.dirname, "reference", "report-pages.pgm.gz");
/** Small, but large enough to see a table that moved. */
const DPI = 36;
/** A pixel that differs by more than this (of 255) is another one; another version of the rasterizer may make so large a share of them. */
const DIFFERENT = 64;
const TOLERANCE = 0.002;

let bytes: Uint8Array;
let pdf: ReadPdf;
beforeAll(async () => {
  bytes = await renderReportPdf(buildExampleReport(), WHOLE);
  pdf = readPdf(bytes);
}, 60_000);

describe("renderReportPdf", () => {
  it("gives the same bytes for the same report", async () => {
    expect(Buffer.from(await renderReportPdf(buildExampleReport(), WHOLE)).equals(Buffer.from(bytes))).toBe(true);
  }, 60_000);

  it("names document, quarter and author in its properties", () => {
    const text = Buffer.from(bytes).toString("latin1");
    for (const property of ["Amazon MQ quarterly report 2026-Q3", "ada@example.com", "MQ Steward"]) {
      const utf16 = Buffer.from(property, "utf16le").swap16().toString("latin1");
      expect(text.includes(`(${property})`) || text.includes(utf16) || text.includes(property), property).toBe(true);
    }
    expect(text).toContain("D:20261001063000Z");
  });

  it("shows Greek, Cyrillic and everything else without an empty box", () => {
    const text = pdf.pages.join("");
    expect(text).toContain("очередь-заказов");
    expect(text).toContain("[U+6771U+4EAC]");
    expect(text).not.toContain("\uFFFD");
    expect(pdf.notEmbedded).toEqual([]);
  });

  it("says why it is not final, what is unknown and for what reason", () => {
    const text = pdf.pages.join("");
    expect(text).toContain("NotfinalbecauseTheregisterofincidentsanddrillsisnotattestedfor2026-Q3.");
    expect(text).toContain("Nodailysnapshotof2026-Q3hasit.");
  });

  it("has the size of the paper that was asked for", async () => {
    const letter = Buffer.from(
      await renderReportPdf(buildExampleReport(), { paper: "letter", owners: false }),
    ).toString("latin1");
    expect(letter).toMatch(/\/MediaBox \[0 0 612 792\]/);
    expect(Buffer.from(bytes).toString("latin1")).toMatch(/\/MediaBox \[0 0 595\.28\d* 841\.89\d*\]/);
  }, 60_000);
});

/** Poppler's rasterizer, where the machine has it. */
function hasRasterizer(): boolean {
  try {
    execFileSync("pdftoppm", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** All pages in grey, one after the other. */
function rasterized(pdfBytes: Uint8Array): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "mq-steward report "));
  try {
    writeFileSync(join(folder, "report.pdf"), pdfBytes);
    execFileSync("pdftoppm", ["-gray", "-r", String(DPI), join(folder, "report.pdf"), join(folder, "page")]);
    const pages = readdirSync(folder).filter((name) => name.endsWith(".pgm"));
    return Buffer.concat(pages.sort().map((name) => readFileSync(join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasRasterizer())("the looks of its pages", () => {
  // After a wanted change: look at the pages, then run this file with UPDATE_REFERENCE=1.
  it("are those of the reference", async () => {
    // Without the definitions, whose words change with every KPI.
    const report = buildExampleReport();
    const sections = report.sections.filter(({ group }) => group !== "appendix");
    const now = rasterized(await renderReportPdf({ ...report, sections }, WHOLE));
    if (process.env.UPDATE_REFERENCE === "1") writeFileSync(REFERENCE, gzipSync(now, { level: 9 }));
    const reference = gunzipSync(readFileSync(REFERENCE));
    expect(now.length).toBe(reference.length);
    let different = 0;
    for (let at = 0; at < now.length; at++)
      if (Math.abs((now[at] ?? 0) - (reference[at] ?? 0)) > DIFFERENT) different += 1;
    expect(different / now.length).toBeLessThan(TOLERANCE);
  }, 60_000);
});
