"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/states/error-state";

/** A form over the page: its fields, what went wrong, and two ways out. */
export function EntryModal({
  title,
  save,
  what = "Saving",
  size = "large",
  ready,
  saving,
  error,
  onSave,
  onClose,
  children,
}: {
  title: string;
  /** What the saving button says. */
  save: string;
  /** What is said not to have worked. */
  what?: string;
  size?: "medium" | "large";
  ready: boolean;
  saving: boolean;
  error: unknown;
  onSave(): void;
  onClose(): void;
  children: ReactNode;
}) {
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      size={size}
      header={title}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" disabled={!ready} loading={saving} onClick={onSave}>
              {save}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        {error !== null && error !== undefined && <ErrorState error={error} what={what} />}
      </SpaceBetween>
    </Modal>
  );
}
