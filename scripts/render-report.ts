/**
 * Makes the PDF or the spreadsheet of a frozen quarterly report. Standard input: three lines of JSON (options, report, lists); standard output: the file. A
 * process of its own, without database and settings.
 */
import { z } from "zod";
import { quarterlyReport, reportLists } from "@/lib/contracts/reports";
import { renderReportPdf } from "@/lib/pdf/report-pdf";
import { reportSheets } from "@/lib/services/read/report-sheets";
import { workbook } from "@/lib/services/read/xlsx";

const options = z.discriminatedUnion("format", [
  z.object({ format: z.literal("pdf"), paper: z.enum(["a4", "letter"]), owners: z.boolean() }),
  z.object({ format: z.literal("xlsx") }),
]);

async function main(): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const [first = "", document = "", lists = ""] = Buffer.concat(chunks).toString("utf8").split("\n");
  const wanted = options.parse(JSON.parse(first));
  const report = quarterlyReport.parse(JSON.parse(document));
  const file =
    wanted.format === "pdf"
      ? await renderReportPdf(report, wanted)
      : workbook(reportSheets(report, reportLists.parse(JSON.parse(lists))));
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(file, (error) => (error ? reject(error) : resolve())),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
