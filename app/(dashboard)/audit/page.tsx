import { HydrationBoundary } from "@tanstack/react-query";
import { auditQuery } from "@/lib/contracts/audit";
import { auditKeys } from "@/lib/queries/audit.keys";
import { readAudit } from "@/lib/services/read/read-audit";
import { readAuditSeals } from "@/lib/services/read/read-audit-seals";
import { prefetch, reading } from "../_server/prefetch";
import { AuditView } from "./_components/audit-view";

export const metadata = { title: "Audit" };

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { page: _, ...wanted } = await searchParams;
  const query = auditQuery.safeParse(wanted);
  const state = await prefetch([
    reading("auditSeals", auditKeys.seals(), (ctx) => readAuditSeals({ ctx })),
    ...(query.success
      ? [reading("audit", auditKeys.list(query.data), (ctx) => readAudit({ ctx, input: query.data }))]
      : []),
  ]);
  return (
    <HydrationBoundary state={state}>
      <AuditView />
    </HydrationBoundary>
  );
}
