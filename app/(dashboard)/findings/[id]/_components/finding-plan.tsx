"use client";

import { MakePlan } from "@/components/plan/make-plan";

const WORKED_ON: ReadonlySet<string> = new Set(["open", "acknowledged"]);

/** The way from a finding to a plan: of its own, or into the one that its broker has. One that is in progress has its plan. */
export function FindingPlan({ brokerId, id, state }: { brokerId: string; id: number; state: string }) {
  if (state === "in-progress") return <MakePlan brokerId={brokerId} />;
  const reason = WORKED_ON.has(state)
    ? undefined
    : "Something is decided or asked about it; a plan takes only what is to be worked on.";
  return <MakePlan brokerId={brokerId} findingId={id} disabledReason={reason} />;
}
