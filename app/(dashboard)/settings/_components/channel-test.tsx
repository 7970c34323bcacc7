"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import type { ChannelItem } from "@/lib/contracts/notifications";
import { testChannelMutation } from "@/lib/queries/notifications";
import { sessionQuery } from "@/lib/queries/session";

/** Sends a test message and shows what the receiver said. */
export function ChannelTest({ channel, onClose }: { channel: ChannelItem; onClose(): void }) {
  const own = useQuery(sessionQuery()).data?.person.email ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const recipient = typed ?? own;
  const test = useMutation(testChannelMutation());
  const isEmail = channel.kind === "email";
  return (
    <Modal
      visible
      onDismiss={onClose}
      closeAriaLabel="Close"
      header={`Send a test message by ${channel.name}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Close
            </Button>
            <Button
              variant="primary"
              loading={test.isPending}
              onClick={() => test.mutate({ id: channel.id, ...(isEmail ? { recipient } : {}) })}
            >
              Send
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {isEmail ? (
          <FormField label="To" stretch>
            <Input type="email" value={recipient} onChange={({ detail }) => setTyped(detail.value)} />
          </FormField>
        ) : (
          <div>It goes to the channel itself, at once.</div>
        )}
        {test.data && (
          <Alert type={test.data.sent ? "success" : "error"} header={test.data.sent ? "Sent" : "Not sent"}>
            {test.data.message}
          </Alert>
        )}
        {test.error && <ErrorState error={test.error} what="The test message" />}
      </SpaceBetween>
    </Modal>
  );
}
