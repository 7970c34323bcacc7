"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Steps from "@cloudscape-design/components/steps";
import type { ReactNode } from "react";
import { useFollow } from "@/components/ui/app-link";

/** First of the three empties: no sync ever brought data. Leads through connecting, or to the first sync while it runs. */
export function NeverSynced({ running, runId }: { running: boolean; runId: number | null }) {
  const follow = useFollow();
  return (
    <Container>
      <Box padding={{ vertical: "xl" }}>
        <SpaceBetween size="l">
          <Box textAlign="center">
            <Box variant="h2">{running ? "The first sync is running" : "No AWS account has been read yet"}</Box>
            <Box variant="p" color="text-body-secondary">
              {running
                ? "Figures appear here as soon as it ends. You may close this page; the sync goes on."
                : "MQ Steward shows what it has read from AWS itself, with read-only access. Four steps lead to the first figures."}
            </Box>
            {running && runId !== null ? (
              <Button variant="primary" href={`/syncs/${runId}`} onFollow={follow}>
                Watch the first sync
              </Button>
            ) : (
              <Button variant="primary" href="/settings/connect" onFollow={follow}>
                Connect an AWS account
              </Button>
            )}
          </Box>
          {!running && (
            <Box margin={{ horizontal: "xxxl" }}>
              <Steps
                ariaLabel="From here to the first figures"
                steps={[
                  {
                    status: "pending",
                    statusIconAriaLabel: "To do",
                    header: "Choose the account",
                    details: "The one your credentials belong to, one by role ARN, or those of your AWS organization.",
                  },
                  {
                    status: "pending",
                    statusIconAriaLabel: "To do",
                    header: "Copy the policy",
                    details: "A least-privilege, read-only IAM policy, and the trust policy for other accounts.",
                  },
                  {
                    status: "pending",
                    statusIconAriaLabel: "To do",
                    header: "Test the access",
                    details: "Every action is tried, and each refusal is explained.",
                  },
                  {
                    status: "pending",
                    statusIconAriaLabel: "To do",
                    header: "Run the first sync",
                    details: "A few minutes; progress is shown per account and region.",
                  },
                ]}
              />
            </Box>
          )}
        </SpaceBetween>
      </Box>
    </Container>
  );
}

/** Second: there is data, but the filter matches none of it. */
export function NothingMatches({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <Empty title={`No ${what} match`} action={<Button onClick={onClear}>Clear filter</Button>}>
      There is data, but none of it fits the filter.
    </Empty>
  );
}

/** Third: nothing is there, and that is good or at least true. */
export function AllClear({ title, children }: { title: string; children?: ReactNode }) {
  return <Empty title={title}>{children}</Empty>;
}

function Empty({ title, action, children }: { title: string; action?: ReactNode; children?: ReactNode }) {
  return (
    <Box textAlign="center" padding={{ vertical: "l" }} color="inherit">
      <SpaceBetween size="xs">
        <Box variant="strong" color="inherit">
          {title}
        </Box>
        {children && (
          <Box variant="p" color="text-body-secondary">
            {children}
          </Box>
        )}
        {action}
      </SpaceBetween>
    </Box>
  );
}
