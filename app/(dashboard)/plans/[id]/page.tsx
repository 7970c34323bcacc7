import { HydrationBoundary } from "@tanstack/react-query";
import { planKeys } from "@/lib/queries/plans.keys";
import { readPlan } from "@/lib/services/read/read-plan";
import { prefetch, reading } from "../../_server/prefetch";
import { PlanView } from "./_components/plan-view";

export const metadata = { title: "Plan" };

export default async function PlanPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const state = await prefetch([reading("plan", planKeys.detail(id), (ctx) => readPlan({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <PlanView id={id} />
    </HydrationBoundary>
  );
}
