import type { ReactNode } from "react";
import { requireRule } from "@/lib/services/read/read-rules";
import { requireSubject } from "../../_server/require-subject";

export default async function RuleLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject(async () => requireRule(id));
  return children;
}
