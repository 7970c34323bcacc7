"use client";

import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { useRefusal } from "@/components/shell/use-refusal";
import { AllClear } from "@/components/states/empty-states";
import { useFollow } from "@/components/ui/app-link";
import { CodeWords } from "@/components/ui/code-words";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { PanelTable } from "@/components/ui/panel-table";
import { Status } from "@/components/ui/status";
import type { AccountItem } from "@/lib/contracts/accounts";
import { sourceTitle } from "@/lib/domain/sync";
import { accountsQuery } from "@/lib/queries/accounts";
import { AccountEditor } from "./account-editor";
import { AccountRemoval } from "./account-removal";
import { AccountTest } from "./account-test";

type Dialog = { kind: "edit" | "test" | "remove"; account: AccountItem } | null;

/** Which accounts are read, how their access is, and how to connect more. */
export function AccountsPanel() {
  const follow = useFollow();
  const [dialog, setDialog] = useState<Dialog>(null);
  const { data, error, refetch, isFetching } = useQuery(accountsQuery());
  const close = () => setDialog(null);
  const refusal = useRefusal("accounts:write");
  const locked = { disabled: refusal !== undefined, disabledReason: refusal };
  return (
    <>
      <PanelTable
        title="AWS accounts"
        things="accounts"
        description="Read with a least-privilege, read-only policy."
        items={data?.items}
        total={data?.total}
        trackBy="accountId"
        add={
          <Button {...locked} variant="primary" href="/settings/connect" onFollow={follow}>
            Connect accounts
          </Button>
        }
        columns={[
          {
            id: "account",
            header: "Account",
            isRowHeader: true,
            minWidth: 190,
            cell: (account) => <Name account={account} />,
          },
          { id: "access", header: "Access", minWidth: 145, cell: (account) => <Access account={account} /> },
          { id: "brokers", header: "Brokers", cell: ({ brokers }) => formatCount(brokers) },
          {
            id: "regions",
            header: "Regions",
            minWidth: 110,
            cell: ({ regions }) =>
              regions.length === 0 ? (
                "All with Amazon MQ"
              ) : (
                <span title={regions.join(", ")}>{formatNumberOf(regions.length, "region")}</span>
              ),
          },
          {
            id: "environment",
            header: "Default environment, owner",
            minWidth: 125,
            cell: ({ defaultEnvironment, defaultOwnerKey }) => (
              <div className="mqs-break">
                <div>{defaultEnvironment ? sentenceCase(defaultEnvironment) : "No environment"}</div>
                <div>{defaultOwnerKey ? <CodeWords text={defaultOwnerKey} /> : "No owner"}</div>
              </div>
            ),
          },
          { id: "costs", header: "Costs", minWidth: 95, cell: ({ readCosts }) => (readCosts ? "Read" : "Not read") },
        ]}
        rowActions={
          refusal === undefined
            ? {
                nameOf: (account) => account.name ?? account.accountId,
                actionsOf: () => [
                  { id: "test", text: "Test access" },
                  { id: "edit", text: "Change" },
                  { id: "remove", text: "Take out of scope" },
                ],
                onAct: (id, account) => {
                  if (id === "test" || id === "edit" || id === "remove") setDialog({ kind: id, account });
                },
              }
            : null
        }
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
        empty={
          <SpaceBetween size="s">
            <AllClear title="No account is connected">
              Four steps lead to the first figures: choose the account, copy the policy, test the access, run the first
              sync.
            </AllClear>
            <Button {...locked} variant="primary" href="/settings/connect" onFollow={follow}>
              Connect an AWS account
            </Button>
          </SpaceBetween>
        }
      />
      {dialog?.kind === "edit" && (
        <AccountEditor account={dialog.account} allRegions={data?.allRegions ?? []} onClose={close} />
      )}
      {dialog?.kind === "test" && <AccountTest account={dialog.account} onClose={close} />}
      {dialog?.kind === "remove" && <AccountRemoval account={dialog.account} onClose={close} />}
    </>
  );
}

function Name({ account: { accountId, name, roleArn, enabled } }: { account: AccountItem }) {
  return (
    <div className="mqs-break">
      {name ?? accountId} {!enabled && <Badge>Paused</Badge>}
      {name && <div>{accountId}</div>}
      <div>
        <CodeWords text={roleArn ?? "By the credentials of this server"} />
      </div>
    </div>
  );
}

function Access({ account: { scopes, problems } }: { account: AccountItem }) {
  if (scopes === 0) return <Status type="pending">Never read</Status>;
  const [first] = problems;
  if (!first) return <Status type="success">Read in full</Status>;
  return (
    <div>
      <Status type="warning">{formatNumberOf(problems.length, "scope")} with problems</Status>
      <div className="mqs-break">
        {sourceTitle(first.source)}
        {first.region ? `, ${first.region}` : ""}: {first.message ?? sentenceCase(first.status)}
      </div>
    </div>
  );
}
