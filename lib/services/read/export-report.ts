import type { z } from "zod";
import type { reportPdfQuery } from "@/lib/contracts/reports";
import type { ReportRow } from "@/lib/db/report-store";
import { flatFigures } from "@/lib/reports/flat-figures";
import type { Ctx } from "@/lib/services/ctx";
import { csvText } from "@/lib/services/read/csv";
import { documentText, listsText, parseReport, requireReport } from "@/lib/services/read/read-reports";
import { renderReport } from "@/lib/services/render-report";

export type ReportFormat = "pdf" | "xlsx" | "csv" | "json";

const TYPES: Readonly<Record<ReportFormat, string>> = {
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

const CSV_HEADER = ["section", "table", "row", "column", "value", "unit", "currency", "n", "unknown", "basis"];

/** What the short form and the paper are called in a request. */
export type PdfChoice = z.output<typeof reportPdfQuery>;

/** The bytes of a download. They rest on the frozen version alone: the same version gives the same bytes. */
export async function reportBytes(
  ctx: Ctx,
  row: ReportRow,
  format: ReportFormat,
  choice: PdfChoice,
): Promise<Uint8Array> {
  const text = await documentText(ctx, row);
  switch (format) {
    case "json":
      return Buffer.from(text, "utf8");
    case "csv":
      return Buffer.from(
        csvText(
          CSV_HEADER,
          flatFigures(parseReport(text)).map(({ section, block, row: name, column, figure }) => [
            section,
            block,
            name,
            column,
            figure.value,
            figure.unit,
            figure.currency,
            figure.n,
            figure.unknown,
            figure.basis,
          ]),
        ),
        "utf8",
      );
    case "xlsx":
      return await renderReport({ format: "xlsx", document: text, lists: await listsText(ctx, row) });
    case "pdf":
      return await renderReport({
        format: "pdf",
        document: text,
        paper: choice.paper,
        owners: choice.owners === "all",
      });
  }
}

/** The name of a downloaded file: what it is, of which quarter and scope, and which version. */
export function reportFileName({ quarter, scope, scopeKey, number, stage }: ReportRow, format: ReportFormat): string {
  const part = scope === "all" ? "" : `-${scope}-${scopeKey.replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 60)}`;
  return `amazon-mq-${quarter}${part}-v${number}-${stage}.${format}`;
}

/** A version as a download. Errors: not-found. */
export async function exportReport({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; format: ReportFormat; choice?: PdfChoice };
}): Promise<Response> {
  const row = await requireReport({ ctx, input });
  const bytes = await reportBytes(ctx, row, input.format, input.choice ?? { paper: "a4", owners: "all" });
  return new Response(Buffer.from(bytes), {
    headers: {
      "content-type": TYPES[input.format],
      "content-disposition": `attachment; filename="${reportFileName(row, input.format)}"`,
      "cache-control": "no-store",
    },
  });
}
