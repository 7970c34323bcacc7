import type { ReactNode } from "react";
import { requireFinding } from "@/lib/services/read/read-finding";
import { requireSubject } from "../../_server/require-subject";

export default async function FindingLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireFinding({ ctx, input: { id } }));
  return children;
}
