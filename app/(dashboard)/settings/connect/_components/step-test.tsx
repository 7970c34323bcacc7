"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { AccessReportView } from "@/components/account/access-report";
import { accountLabel } from "@/components/broker/labels";
import { ErrorState } from "@/components/states/error-state";
import { testAccessMutation } from "@/lib/queries/accounts";
import type { AccountInputDraft } from "./connect-draft";

/** Tries the access of every chosen account as it was entered. */
export function StepTest({ inputs }: { inputs: readonly AccountInputDraft[] }) {
  return (
    <SpaceBetween size="l">
      {inputs.map((input) => (
        <OneAccount key={`${input.accountId} ${input.roleArn}`} input={input} />
      ))}
    </SpaceBetween>
  );
}

function OneAccount({ input: { accountId, name, roleArn, externalId } }: { input: AccountInputDraft }) {
  const test = useMutation(testAccessMutation());
  const run = () => test.mutate({ accountId, roleArn: roleArn ?? null, externalId: externalId ?? null });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={roleArn ?? "By the credentials of this server"}
          actions={
            <Button onClick={run} loading={test.isPending}>
              {test.data || test.error ? "Test again" : "Test access"}
            </Button>
          }
        >
          {accountLabel(accountId, name ?? null)}
        </Header>
      }
    >
      {test.error && <ErrorState error={test.error} what="The test" />}
      {test.data && <AccessReportView report={test.data} />}
      {!test.data && !test.error && (
        <Box color="text-body-secondary">
          Not tested yet. You can go on without; a sync says the same, action by action.
        </Box>
      )}
    </Container>
  );
}
