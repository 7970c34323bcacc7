"use client";

import Button from "@cloudscape-design/components/button";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { planOfBrokerQuery } from "@/lib/queries/plans";
import { mayOf, sessionQuery } from "@/lib/queries/session";

const PlanDialog = dynamic(() => import("./plan-dialog").then((module) => module.PlanDialog), { ssr: false });

/** Makes the plan of a broker, of all its findings or of one; leads to the plan where it has one, or adds the finding to it. */
export function MakePlan({
  brokerId,
  findingId,
  disabledReason,
}: {
  brokerId: string;
  findingId?: number;
  /** Why nothing can be planned; undefined where it can. */
  disabledReason?: string;
}) {
  const [open, setOpen] = useState(false);
  const { data: may } = useQuery({ ...sessionQuery(), select: mayOf("plans:write") });
  const { data: plan } = useQuery(planOfBrokerQuery(brokerId));
  if (plan && findingId === undefined) return <Button href={`/plans/${plan.id}`}>Open the plan</Button>;
  const reason = may === false ? "This needs the permission plans:write." : disabledReason;
  return (
    <>
      <Button
        disabled={reason !== undefined || may === undefined}
        disabledReason={reason}
        onClick={() => setOpen(true)}
      >
        {plan ? "Add to the plan" : "Make a plan"}
      </Button>
      {open && (
        <PlanDialog brokerId={brokerId} findingId={findingId} plan={plan ?? null} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
