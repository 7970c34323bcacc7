import type { ReactNode } from "react";
import { requirePlan } from "@/lib/services/read/read-plan";
import { requireSubject } from "../../_server/require-subject";

export default async function PlanLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requirePlan({ ctx, input: { id } }));
  return children;
}
