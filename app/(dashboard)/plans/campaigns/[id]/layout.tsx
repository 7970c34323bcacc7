import type { ReactNode } from "react";
import { requireCampaign } from "@/lib/services/read/read-campaign";
import { requireSubject } from "../../../_server/require-subject";

export default async function CampaignLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const id = decodeURIComponent((await params).id);
  await requireSubject((ctx) => requireCampaign({ ctx, input: { id } }));
  return children;
}
