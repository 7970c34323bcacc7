"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CodeBlock } from "@/components/ui/code-block";
import type { KeyItem } from "@/lib/contracts/keys";
import { calendarAddress } from "@/lib/queries/keys";
import { KIND_NAMES } from "./key-words";

/** The one time that a key is shown, with how it is used. */
export function KeySecret({ item, secret, onClose }: { item: KeyItem; secret: string; onClose(): void }) {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <Modal
      visible
      size="large"
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`${KIND_NAMES[item.kind]}: ${item.name}`}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {item.kind === "calendar" ? (
          <>
            <div>Give this address to the calendar program. Whoever has it sees the calendar.</div>
            <CodeBlock label="the address" text={`${origin}${calendarAddress(secret)}`} />
          </>
        ) : (
          <>
            <CodeBlock label="the key" text={secret} />
            <div>It is sent with each request:</div>
            <CodeBlock
              label="an example"
              text={`curl -H "Authorization: Bearer $MQ_STEWARD_KEY" ${origin}/api/v1/${item.kind === "metrics" ? "metrics" : "brokers?limit=10"}`}
            />
          </>
        )}
        <Alert type="warning">It is shown this once: only its hash is kept. If it gets lost, rotate it.</Alert>
      </SpaceBetween>
    </Modal>
  );
}
