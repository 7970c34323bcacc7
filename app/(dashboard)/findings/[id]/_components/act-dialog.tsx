"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ACTS, ActForm, type ActName, actOf, EMPTY_ACT } from "@/components/finding/act-form";
import { useNotifications } from "@/components/shell/notifications";
import { ErrorState } from "@/components/states/error-state";
import { formatNumberOf } from "@/components/ui/figures";
import { actOnFindingMutation } from "@/lib/queries/findings";

/** One act on one finding: asks for what it needs and does it. */
export function ActDialog({
  id,
  name,
  maxAcceptanceDays,
  onClose,
}: {
  id: string;
  name: ActName;
  maxAcceptanceDays: number;
  onClose(): void;
}) {
  const [value, setValue] = useState(EMPTY_ACT);
  const { notify } = useNotifications();
  const mutation = useMutation(actOnFindingMutation(useQueryClient(), id));
  const act = actOf(name, value);
  const { label } = ACTS[name];
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={label}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={!act}
              loading={mutation.isPending}
              onClick={() =>
                act &&
                mutation.mutate(act, {
                  onSuccess: () => {
                    notify({ type: "success", header: `${label}: done` });
                    onClose();
                  },
                })
              }
            >
              {label}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <ActForm
          name={name}
          value={value}
          onChange={setValue}
          latest={
            name === "request-acceptance"
              ? `At most ${formatNumberOf(maxAcceptanceDays, "day")} from today.`
              : undefined
          }
        />
        {mutation.error && <ErrorState error={mutation.error} what={label} />}
      </SpaceBetween>
    </Modal>
  );
}
