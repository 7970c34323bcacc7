import type { ReactNode } from "react";
import { requireOwnerId } from "@/lib/services/read/read-owner";
import { requireSubject } from "../../_server/require-subject";

export default async function OwnerLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireOwnerId({ ctx, input: { id } }));
  return children;
}
