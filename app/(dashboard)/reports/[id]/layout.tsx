import type { ReactNode } from "react";
import { requireReport } from "@/lib/services/read/read-reports";
import { requireSubject } from "../../_server/require-subject";

export default async function ReportLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireReport({ ctx, input: { id } }));
  return children;
}
