"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ACTS, ActForm, type ActName, type ActValue, actOf, EMPTY_ACT } from "@/components/finding/act-form";
import { useNotifications } from "@/components/shell/notifications";
import { ErrorState } from "@/components/states/error-state";
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
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`${label}: ${formatNumberOf(count, "finding")}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            {told ? (
              <Button
                variant="primary"
                disabled={told.allowed === 0}
                loading={mutation.isPending}
                onClick={() =>
                  act &&
                  mutation.mutate(
                    { act, ids, preview: false, expected: told.allowed },
                    {
                      onSuccess: ({ allowed }) => {
                        notify({ type: "success", header: `${label}: ${formatNumberOf(allowed, "finding")}` });
                        onClose();
                      },
                    },
                  )
                }
              >
                {`${label} ${formatNumberOf(told.allowed, "finding")}`}
              </Button>
            ) : (
              <Button
                variant="primary"
                disabled={!act}
                loading={mutation.isPending}
                onClick={() => act && mutation.mutate({ act, ids, preview: true })}
              >
                Preview
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
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
        {mutation.error && <ErrorState error={mutation.error} what={label} />}
      </SpaceBetween>
    </Modal>
  );
}
