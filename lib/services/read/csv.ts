/** Characters that make spreadsheet programs evaluate a cell (OWASP: CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/** One CSV cell (RFC 4180): quoted where needed; text that a spreadsheet would run gets a leading apostrophe; numbers stay numbers. */
export function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (FORMULA_START.test(text) && !PLAIN_NUMBER.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type CsvCell = string | number | boolean | null | undefined;

/** A whole CSV file with CRLF lines and a byte order mark. For what is small; `csvResponse` streams. */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}

/**
 * A CSV download with CRLF lines and a byte order mark (so that spreadsheets read UTF-8), streamed page by page. The first page is read before the answer
 * begins, so that what is wrong with a query is still an error; what fails later can only cut the answer short. Errors: those of the first page.
 */
export async function csvResponse<Item>(
  fileName: string,
  header: readonly string[],
  pages: AsyncGenerator<readonly Item[]>,
  cellsOf: (item: Item) => readonly CsvCell[],
): Promise<Response> {
  const encoder = new TextEncoder();
  const line = (cells: readonly CsvCell[]) => `${cells.map(csvCell).join(",")}\r\n`;
  let first: IteratorResult<readonly Item[]> | null = await pages.next();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(`\uFEFF${line(header)}`));
    },
    async pull(controller) {
      const next = first ?? (await pages.next());
      first = null;
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value.map((item) => line(cellsOf(item))).join("")));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
    },
  });
}
