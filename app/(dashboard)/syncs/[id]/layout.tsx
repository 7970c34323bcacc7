import type { ReactNode } from "react";
import { requireSync } from "@/lib/services/read/read-syncs";
import { requireSubject } from "../../_server/require-subject";

export default async function SyncLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireSync({ ctx, input: { id } }));
  return children;
}
