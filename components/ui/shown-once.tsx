"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

/** The one time that a secret is shown, with what to do with it and, as a warning, what to do when it gets lost. */
export function ShownOnce({
  title,
  size = "medium",
  warning,
  onClose,
  children,
}: {
  title: string;
  size?: "medium" | "large";
  warning: string;
  onClose(): void;
  children: ReactNode;
}) {
  return (
    <Modal
      visible
      size={size}
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={title}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {children}
        <Alert type="warning">{warning}</Alert>
      </SpaceBetween>
    </Modal>
  );
}
