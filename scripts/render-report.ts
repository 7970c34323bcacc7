/**
 * Draws a frozen quarterly report: its options as a line of JSON and the report's JSON on standard input, the PDF on standard output. A process of its own,
 * without database and settings.
 */
import { quarterlyReport } from "@/lib/contracts/reports";
import { renderReportPdf } from "@/lib/pdf/report-pdf";

async function main(): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const end = text.indexOf("\n");
  const { paper, owners } = JSON.parse(text.slice(0, end));
  const report = quarterlyReport.parse(JSON.parse(text.slice(end + 1)));
  const pdf = await renderReportPdf(report, { paper: paper === "letter" ? "letter" : "a4", owners: owners !== false });
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(pdf, (error) => (error ? reject(error) : resolve())),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
