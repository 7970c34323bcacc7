"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { AccessReportView } from "@/components/account/access-report";
import { accountLabel } from "@/components/broker/labels";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import type { AccountItem } from "@/lib/contracts/accounts";
import { testAccessMutation } from "@/lib/queries/accounts";

/** Tries the access of a connected account, action by action; changes nothing. */
export function AccountTest({ account, onClose }: { account: AccountItem; onClose(): void }) {
  const test = useMutation(testAccessMutation());
  const started = useRef(false);
  const { mutate } = test;
  const run = () => mutate({ accountId: account.accountId });
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate({ accountId: account.accountId });
  }, [account, mutate]);
  return (
    <Modal
      visible
      onDismiss={onClose}
      size="large"
      closeAriaLabel="Close"
      header={`Access to ${accountLabel(account.accountId, account.name)}`}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={run} loading={test.isPending}>
              Test again
            </Button>
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {test.data && <AccessReportView report={test.data} />}
      {test.error && <ErrorState error={test.error} what="The test" />}
      {test.isPending && !test.data && <SectionSkeleton label="the test" height={200} />}
    </Modal>
  );
}
