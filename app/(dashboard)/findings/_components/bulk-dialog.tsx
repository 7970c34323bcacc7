"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ACTS, ActForm, type ActName, type ActValue, actOf, EMPTY_ACT } from "@/components/finding/act-form";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { ListQuery } from "@/lib/contracts/common";
import { actOnFindingsMutation } from "@/lib/queries/findings";

/** One act on many findings: first says how many it changes and which it cannot and why, then does exactly that. */
export function BulkDialog({
  name,
  query,
  ids,
  count,
  onClose,
}: {
  name: ActName;
  query: ListQuery;
  /** The selected ones; absent: all that match the filter. */
  ids?: number[];
  count: number;
  onClose(): void;
}) {
  const [value, setValue] = useState<ActValue>(EMPTY_ACT);
  const { notify } = useNotifications();
  const mutation = useMutation(actOnFindingsMutation(useQueryClient(), query));
  const act = actOf(name, value);
  const { label } = ACTS[name];
  const told = mutation.data && !mutation.data.done ? mutation.data : null;
  const change = (next: ActValue) => {
    setValue(next);
    mutation.reset();
  };
  const doIt = (expected: number) =>
    act &&
    mutation.mutate(
      { act, ids, preview: false, expected },
      {
        onSuccess: ({ allowed }) => {
          notify({ type: "success", header: `${label}: ${formatNumberOf(allowed, "finding")}` });
          onClose();
        },
      },
    );
  return (
    <EntryModal
      title={`${label}: ${formatNumberOf(count, "finding")}`}
      save={told ? `${label} ${formatNumberOf(told.allowed, "finding")}` : "Preview"}
      what={label}
      size="medium"
      ready={told ? told.allowed > 0 : act !== null}
      saving={mutation.isPending}
      error={mutation.error}
      onSave={() => (told ? doIt(told.allowed) : act && mutation.mutate({ act, ids, preview: true }))}
      onClose={onClose}
    >
      <div>{ids ? "The selected findings." : "All findings that match the filter, also those on other pages."}</div>
      <ActForm
        name={name}
        value={value}
        onChange={change}
        latest={
          name === "request-acceptance"
            ? "How late depends on the severity; those for which it is too late are refused."
            : undefined
        }
      />
      {told && (
        <div role="status">
          <Status type={told.allowed > 0 ? "success" : "warning"}>
            {`${told.allowed} of ${formatNumberOf(told.matched, "finding")} will change.`}
          </Status>
          {told.refused.length > 0 && (
            <ul>
              {told.refused.map(({ reason, count: refused }) => (
                <li key={reason}>{`${refused} will not: ${reason}`}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </EntryModal>
  );
}
