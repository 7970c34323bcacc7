import type { ReactNode } from "react";
import { requireKpi } from "@/lib/services/read/read-kpis";
import { requireSubject } from "../../_server/require-subject";

export default async function KpiLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject(async () => requireKpi(id));
  return children;
}
