"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AccountOptions, type AccountOptionsValue } from "@/components/account/account-options";
import { accountLabel } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { type AccountItem, accountPatch } from "@/lib/contracts/accounts";
import { updateAccountMutation } from "@/lib/queries/accounts";

/** Changes how a connected account is read. */
export function AccountEditor({
  account,
  allRegions,
  onClose,
}: {
  account: AccountItem;
  allRegions: readonly string[];
  onClose(): void;
}) {
  const { notify } = useNotifications();
  const update = useMutation(updateAccountMutation(useQueryClient()));
  const [name, setName] = useState(account.name ?? "");
  const [roleArn, setRoleArn] = useState(account.roleArn ?? "");
  const [externalId, setExternalId] = useState("");
  const [enabled, setEnabled] = useState(account.enabled);
  const [options, setOptions] = useState<AccountOptionsValue>({
    regions: account.regions,
    defaultEnvironment: account.defaultEnvironment ?? "",
    defaultOwner: account.defaultOwnerKey ?? "",
    readCosts: account.readCosts,
  });
  const patch = accountPatch.safeParse({
    name: name.trim() || null,
    roleArn: roleArn.trim() || null,
    ...(externalId === "" ? {} : { externalId }),
    regions: [...options.regions],
    defaultEnvironment: options.defaultEnvironment || null,
    defaultOwner: options.defaultOwner.trim() || null,
    readCosts: options.readCosts,
    enabled,
  });
  const problem = (field: string) =>
    patch.success ? undefined : patch.error.issues.find(({ path }) => path[0] === field)?.message;
  const label = accountLabel(account.accountId, account.name);
  return (
    <EntryModal
      title={`Change ${label}`}
      save="Save"
      ready={patch.success}
      saving={update.isPending}
      error={update.error}
      onSave={() => {
        if (!patch.success) return;
        update.mutate(
          { id: account.accountId, patch: patch.data },
          {
            onSuccess: () => {
              notify({ type: "success", header: `${label} was changed`, content: "It counts from the next sync on." });
              onClose();
            },
          },
        );
      }}
      onClose={onClose}
    >
      <SpaceBetween size="l">
        <FormField label="Name" errorText={problem("name")}>
          <Input value={name} onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        <FormField label="Role ARN" description="Empty: the credentials of this server." errorText={problem("roleArn")}>
          <Input
            value={roleArn}
            onChange={({ detail }) => setRoleArn(detail.value)}
            placeholder="arn:aws:iam::123456789012:role/mq-steward-read-only"
          />
        </FormField>
        <FormField
          label="External id"
          description={account.externalIdSet ? "One is set. Leave empty to keep it." : "None is set."}
          errorText={problem("externalId")}
        >
          <Input value={externalId} onChange={({ detail }) => setExternalId(detail.value)} />
        </FormField>
        <AccountOptions value={options} onChange={setOptions} allRegions={allRegions} />
        <FormField
          label="Reading"
          description="A paused account keeps its last known facts, which become stale after three days and then count as unknown."
        >
          <Toggle checked={enabled} onChange={({ detail }) => setEnabled(detail.checked)}>
            Read this account
          </Toggle>
        </FormField>
      </SpaceBetween>
    </EntryModal>
  );
}
