import type { ReactNode } from "react";
import { requireBroker } from "@/lib/services/read/read-broker";
import { requireSubject } from "../../_server/require-subject";

export default async function BrokerLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireBroker({ ctx, input: { id } }));
  return children;
}
