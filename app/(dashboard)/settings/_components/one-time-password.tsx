"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CodeBlock } from "@/components/ui/code-block";

/** The one time that a password is shown. */
export function OneTimePassword({ name, password, onClose }: { name: string; password: string; onClose(): void }) {
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`One-time password of ${name}`}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div>Hand it over by a way you trust. At the first sign-in another one has to be chosen.</div>
        <CodeBlock label="the one-time password" text={password} />
        <Alert type="warning">It is shown this once. If it gets lost, reset the password again.</Alert>
      </SpaceBetween>
    </Modal>
  );
}
