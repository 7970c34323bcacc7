"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { useRefusal } from "@/components/shell/use-refusal";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatKpiFigure } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { KpiTargets as Targets } from "@/lib/contracts/kpis";
import { kpiTargetsQuery, setKpiTargetMutation } from "@/lib/queries/kpis";

/** The target in force, those of coming quarters, and a way to set one before its quarter begins. */
export function KpiTargets({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(kpiTargetsQuery(id));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The targets" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the targets" height={120} />
    );
  }
  return (
    <SpaceBetween size="m">
      <Box>
        {data.inForce === null
          ? `No target is in force in ${data.runningQuarter}.`
          : `In force in ${data.runningQuarter}: ${formatKpiFigure(String(data.inForce), data.unit)}.`}{" "}
        Targets of a quarter are locked when it begins.
      </Box>
      {data.items.length > 0 && (
        <ul>
          {data.items.map(({ quarter, target, setAt, setBy, locked }) => (
            <li key={quarter}>
              {quarter}: {formatKpiFigure(String(target), data.unit)}, set by {setBy} on {formatInstant(setAt)}
              {locked ? ", locked" : ""}
            </li>
          ))}
        </ul>
      )}
      {data.settable.length > 0 && <TargetForm targets={data} />}
    </SpaceBetween>
  );
}

function TargetForm({ targets }: { targets: Targets }) {
  const { notify } = useNotifications();
  const save = useMutation(setKpiTargetMutation(useQueryClient(), targets.id));
  const [quarter, setQuarter] = useState(targets.settable[0] ?? "");
  const [text, setText] = useState("");
  const refusal = useRefusal("kpi-targets:write");
  const options = targets.settable.map((value) => ({ value, label: value }));
  const target = Number(text);
  const problem =
    text.trim() === "" || (Number.isFinite(target) && target >= 0)
      ? targets.unit === "percent" && target > 100
        ? "At most 100."
        : undefined
      : "A number of at least 0.";
  return (
    <SpaceBetween size="s">
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label="From quarter">
          <Select
            selectedOption={options.find(({ value }) => value === quarter) ?? null}
            options={options}
            onChange={({ detail }) => setQuarter(detail.selectedOption.value ?? quarter)}
          />
        </FormField>
        <FormField label={`Target (${targets.unit.replaceAll("-", " ")})`} errorText={problem}>
          <Input value={text} inputMode="decimal" onChange={({ detail }) => setText(detail.value)} />
        </FormField>
        <Button
          disabled={refusal !== undefined || text.trim() === "" || problem !== undefined}
          disabledReason={refusal ?? (text.trim() === "" ? "Type the target first." : problem)}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { quarter, target },
              {
                onSuccess: () => {
                  setText("");
                  notify({ type: "success", header: `The target from ${quarter} on was set` });
                },
              },
            )
          }
        >
          Set target
        </Button>
      </SpaceBetween>
      {save.error && <ErrorState error={save.error} what="Setting the target" />}
    </SpaceBetween>
  );
}
