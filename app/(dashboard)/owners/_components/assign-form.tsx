"use client";

import Alert from "@cloudscape-design/components/alert";
import Autosuggest from "@cloudscape-design/components/autosuggest";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { CodeBlock } from "@/components/ui/code-block";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import type { BrokerOwnership, OwnerItem } from "@/lib/contracts/owners";
import { normalizeOwnerKey, tagValueOf } from "@/lib/domain/owner-tag";
import { taggingCommand, tagValueProblem } from "@/lib/domain/tagging-command";
import { assignOwnerMutation } from "@/lib/queries/owners";

/** Assigns brokers to an owner that there is, or to one that is made, and tells how to tag them in AWS. */
export function AssignForm({
  brokers,
  owners,
  tagKey,
  onClose,
}: {
  brokers: readonly BrokerOwnership[];
  owners: readonly OwnerItem[];
  tagKey: string;
  onClose(done: boolean): void;
}) {
  const { notify } = useNotifications();
  const assign = useMutation(assignOwnerMutation(useQueryClient()));
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const key = normalizeOwnerKey(name);
  const known = owners.find((owner) => owner.key === key || normalizeOwnerKey(owner.displayName) === key);
  const value = known ? tagValueOf(known) : name.trim();
  const what = brokers.length === 1 ? (brokers[0]?.name ?? "") : formatNumberOf(brokers.length, "broker");
  const problem = value === "" ? null : tagValueProblem(value);
  return (
    <EntryModal
      title={`Assign ${what}`}
      save="Assign"
      ready={key !== ""}
      saving={assign.isPending}
      error={assign.error}
      onClose={() => onClose(false)}
      onSave={() =>
        assign.mutate(
          {
            brokerIds: brokers.map(({ id }) => id),
            owner: known ? { key: known.key } : { displayName: name.trim() },
            reason: reason.trim(),
          },
          {
            onSuccess: ({ owner }) => {
              notify({
                type: "success",
                header: `${what} ${brokers.length === 1 ? "is" : "are"} assigned to ${owner.displayName}`,
                content: "Findings and figures follow within a minute. It can be undone under Assigned here.",
              });
              onClose(true);
            },
          },
        )
      }
    >
      <FormField
        label="Owner"
        description="One that there is, or the name of a new one."
        constraintText={
          key !== "" && !known
            ? "There is no such owner yet: it will be made, not verified until somebody says so."
            : undefined
        }
        stretch
      >
        <Autosuggest
          value={name}
          options={owners.map(({ displayName, brokers: count, verified }) => ({
            value: displayName,
            description: `${formatNumberOf(count, "broker")}, ${verified ? "verified" : "not verified"}`,
          }))}
          enteredTextLabel={(text) => `New owner: ${text}`}
          placeholder="A team's name"
          ariaLabel="Owner"
          empty="No owner yet"
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label="Reason" description="Optional. It stands in the audit." stretch>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      {key !== "" && problem && <Alert type="warning">{`As a tag this name is refused: ${problem}`}</Alert>}
      {key !== "" && !problem && (
        <ExpandableSection
          defaultExpanded={brokers.length === 1}
          headerText="Tag in AWS as well"
          headerDescription="MQ Steward changes nothing in AWS. Whoever may tag brokers runs this."
        >
          <CodeBlock
            label="the tagging command"
            maxHeight={240}
            text={brokers.map(({ arn }) => taggingCommand({ arn, tagKey, value })).join("\n")}
          />
        </ExpandableSection>
      )}
    </EntryModal>
  );
}
