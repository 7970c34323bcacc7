import type { StatusType } from "@/components/ui/status";
import type { ReportItem } from "@/lib/contracts/reports";

/** A version's stage in words, with the sign that goes with it. */
export const STAGES: Readonly<Record<ReportItem["stage"], { text: string; type: StatusType }>> = {
  "to-date": { text: "To date", type: "in-progress" },
  preliminary: { text: "Preliminary", type: "pending" },
  final: { text: "Final", type: "success" },
  correction: { text: "Correction", type: "info" },
};

/** "2026-Q3, version 2". */
export function reportName({ quarter, number }: Pick<ReportItem, "quarter" | "number">): string {
  return `${quarter}, version ${number}`;
}
