"use client";

import Wizard from "@cloudscape-design/components/wizard";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import { accountsQuery, policyQuery } from "@/lib/queries/accounts";
import { accountsOf, draftProblems, EMPTY_DRAFT } from "./connect-draft";
import { StepAccounts } from "./step-accounts";
import { StepPolicy } from "./step-policy";
import { StepReview } from "./step-review";
import { StepTest } from "./step-test";
import { useConnect } from "./use-connect";

/** From nothing to the first sync: choose accounts, copy the policy, test the access, connect. */
export function ConnectView() {
  const router = useRouter();
  const client = useQueryClient();
  const [step, setStep] = useState(0);
  const [entered, setDraft] = useState(EMPTY_DRAFT);
  const [showProblems, setShowProblems] = useState(false);
  const {
    data: policy,
    error: policyError,
    refetch: refetchPolicy,
    isFetching: policyFetching,
    isPending: policyPending,
  } = useQuery(policyQuery());
  const { data: accounts } = useQuery(accountsQuery());
  const { connect, connecting, error: connectError } = useConnect(client, (syncId) => router.push(`/syncs/${syncId}`));
  const draft = { ...entered, externalId: entered.externalId || (policy?.suggestedExternalId ?? "") };
  const server = { accountId: policy?.principalAccountId ?? null, partition: policy?.partition ?? "aws" };
  const problems = draftProblems(draft, server);
  const inputs = accountsOf(draft, server);
  const connected = new Set(accounts?.items.map(({ accountId }) => accountId));
  return (
    <Wizard
      activeStepIndex={step}
      isLoadingNextStep={connecting || (step === 0 && policyPending)}
      submitButtonText="Connect and start the sync"
      i18nStrings={{
        stepNumberLabel: (number) => `Step ${number}`,
        collapsedStepsLabel: (number, count) => `Step ${number} of ${count}`,
        skipToButtonLabel: ({ title }) => `Skip to ${title}`,
        navigationAriaLabel: "Steps",
        cancelButton: "Cancel",
        previousButton: "Previous",
        nextButton: "Next",
        optional: "optional",
        nextButtonLoadingAnnouncement: "Loading the next step",
        submitButtonLoadingAnnouncement: "Connecting",
      }}
      onCancel={() => router.push("/settings")}
      onNavigate={({ detail }) => {
        if (detail.requestedStepIndex > 0 && Object.keys(problems).length > 0) {
          setShowProblems(true);
          setStep(0);
          return;
        }
        setStep(detail.requestedStepIndex);
      }}
      onSubmit={() => void connect(inputs, connected)}
      steps={[
        {
          title: "Choose the accounts",
          description:
            "MQ Steward reads Amazon MQ, its costs and its metrics with read-only access. It changes nothing in AWS.",
          errorText: showProblems ? problems.way : undefined,
          content: policyError ? (
            <ErrorState
              error={policyError}
              what="The policy"
              onRetry={() => void refetchPolicy()}
              retrying={policyFetching}
            />
          ) : (
            <StepAccounts
              draft={draft}
              onChange={(next) => {
                setShowProblems(false);
                setDraft(next);
              }}
              problems={showProblems ? problems : {}}
              current={server.accountId}
              loading={policyPending}
              allRegions={accounts?.allRegions ?? []}
              connected={connected}
            />
          ),
        },
        {
          title: "Copy the policies",
          description: "Least privilege, read-only: every action is named with what it is for.",
          content: policy ? <StepPolicy policy={policy} draft={draft} inputs={inputs} /> : null,
        },
        {
          title: "Test the access",
          description: "Every action is tried once. Nothing is stored yet.",
          isOptional: true,
          content: <StepTest inputs={inputs} />,
        },
        {
          title: "First sync",
          description:
            "The accounts are connected, and a sync of all accounts starts. You can watch it, or close the page.",
          content: <StepReview inputs={inputs} connected={connected} error={connectError} onEdit={() => setStep(0)} />,
        },
      ]}
    />
  );
}
