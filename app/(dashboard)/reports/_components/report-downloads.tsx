"use client";

import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { ReportItem } from "@/lib/contracts/reports";
import { reportFilePath } from "@/lib/queries/reports";
import { reportName } from "./report-words";

/** The files of a version. */
export function ReportDownloads({ report, primary = false }: { report: ReportItem; primary?: boolean }) {
  const { id } = report;
  const file = (key: string, text: string, href: string) => ({ id: key, text, href });
  return (
    <ButtonDropdown
      variant={primary ? "primary" : "normal"}
      expandToViewport
      ariaLabel={`Download ${reportName(report)}`}
      items={[
        file("pdf", "PDF (A4)", reportFilePath(id, "pdf")),
        file("pdf-short", "PDF (A4), without pages of owners", reportFilePath(id, "pdf", "owners=none")),
        file("pdf-letter", "PDF (Letter)", reportFilePath(id, "pdf", "paper=letter")),
        file(
          "pdf-letter-short",
          "PDF (Letter), without pages of owners",
          reportFilePath(id, "pdf", "paper=letter&owners=none"),
        ),
        file("xlsx", "Spreadsheet (XLSX) with complete lists", reportFilePath(id, "xlsx")),
        file("csv", "Every figure (CSV)", reportFilePath(id, "csv")),
        file("json", "JSON", reportFilePath(id, "json")),
      ]}
    >
      Download
    </ButtonDropdown>
  );
}
