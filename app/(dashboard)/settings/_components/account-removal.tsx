"use client";

import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountLabel } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import type { AccountItem } from "@/lib/contracts/accounts";
import { removeAccountMutation } from "@/lib/queries/accounts";

/** Taking an account out of scope changes figures: it says how before it does. */
export function AccountRemoval({ account, onClose }: { account: AccountItem; onClose(): void }) {
  const { notify } = useNotifications();
  const remove = useMutation(removeAccountMutation(useQueryClient()));
  const label = accountLabel(account.accountId, account.name);
  return (
    <EntryModal
      title={`Take ${label} out of scope?`}
      save="Take out of scope"
      what="Taking it out of scope"
      size="medium"
      ready
      saving={remove.isPending}
      error={remove.error}
      onSave={() =>
        remove.mutate(account.accountId, {
          onSuccess: () => {
            notify({ type: "success", header: `${label} is out of scope` });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <SpaceBetween size="s">
        <div>This will change:</div>
        <ul>
          <li>
            {formatNumberOf(account.brokers, "broker")} and their findings leave all lists and present figures. None of
            them counts as fixed.
          </li>
          <li>The account is not read any more.</li>
          <li>The scope change is recorded with who made it and when; snapshots of past days stay as they are.</li>
          <li>Nothing is deleted: connecting the account again brings its history back.</li>
        </ul>
      </SpaceBetween>
    </EntryModal>
  );
}
