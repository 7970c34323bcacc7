"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { ErrorState } from "@/components/states/error-state";
import { AppLink } from "@/components/ui/app-link";
import { formatInstant } from "@/components/ui/times";
import type { findingDetail } from "@/lib/contracts/findings";
import { confirmReplacementMutation, withdrawReplacementMutation } from "@/lib/queries/findings";

type Replacement = NonNullable<z.output<typeof findingDetail>["replacement"]>;

/** Which broker replaces this one: proposed by name, or named by a person, and confirmed by a person. */
export function FindingReplacement({
  id,
  replacement,
  refusal,
}: {
  id: string;
  replacement: Replacement;
  refusal: string | null;
}) {
  const client = useQueryClient();
  const [named, setNamed] = useState("");
  const confirm = useMutation(confirmReplacementMutation(client, id));
  const withdraw = useMutation(withdrawReplacementMutation(client, id));
  const { standing, candidates } = replacement;
  const error = confirm.error ?? withdraw.error;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Counts once this broker is gone: as replaced where the new one passes the rule; else the episode goes on there, from its original start."
        >
          Replacement
        </Header>
      }
    >
      <SpaceBetween size="m">
        {standing ? (
          <SpaceBetween size="xs">
            <div className="mqs-break">
              <BrokerLink broker={standing.broker} /> replaces it (
              {standing.basis === "same-name" ? "same name" : "named"}
              ), confirmed by {standing.confirmedBy} on {formatInstant(standing.confirmedAt)}.{" "}
              {standing.settledAt ? `Taken into account on ${formatInstant(standing.settledAt)}.` : ""}
            </div>
            {!standing.settledAt && (
              <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                Take confirmation back
              </Button>
            )}
          </SpaceBetween>
        ) : (
          <>
            {candidates.map((broker) => (
              <SpaceBetween key={broker.brokerId} direction="horizontal" size="xs" alignItems="center">
                <span className="mqs-break">
                  <BrokerLink broker={broker} /> has the same name, first seen {formatInstant(broker.firstSeenAt)}
                </span>
                <Button
                  disabled={refusal !== null}
                  disabledReason={refusal ?? undefined}
                  loading={confirm.isPending}
                  onClick={() => confirm.mutate({ brokerId: broker.brokerId, note: "" })}
                >
                  Confirm as replacement
                </Button>
              </SpaceBetween>
            ))}
            <SpaceBetween direction="horizontal" size="xs" alignItems="end">
              <FormField label="Broker id of the replacement">
                <Input
                  value={named}
                  placeholder="b-..."
                  disabled={refusal !== null}
                  onChange={({ detail }) => setNamed(detail.value)}
                />
              </FormField>
              <Button
                disabled={refusal !== null || named.trim() === ""}
                disabledReason={refusal ?? undefined}
                loading={confirm.isPending}
                onClick={() => confirm.mutate({ brokerId: named.trim(), note: "" })}
              >
                Confirm
              </Button>
            </SpaceBetween>
          </>
        )}
        {error && <ErrorState error={error} what="The replacement" />}
      </SpaceBetween>
    </Container>
  );
}

function BrokerLink({ broker }: { broker: Replacement["candidates"][number] }) {
  return (
    <AppLink href={`/brokers/${encodeURIComponent(broker.brokerId)}`}>{`${broker.name} (${broker.brokerId})`}</AppLink>
  );
}
