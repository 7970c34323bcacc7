"use client";

import Box from "@cloudscape-design/components/box";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { KeyEditor } from "@/components/key/key-editor";
import { KeySecret } from "@/components/key/key-secret";
import { KIND_NAMES, keyStateOf } from "@/components/key/key-words";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { Instant } from "@/components/ui/instant";
import { PanelTable } from "@/components/ui/panel-table";
import { Status } from "@/components/ui/status";
import type { KeyItem, KeyKind } from "@/lib/contracts/keys";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import { keysQuery, revokeKeyMutation, rotateKeyMutation } from "@/lib/queries/keys";

type Dialog = { kind: "make"; of: KeyKind } | { kind: "secret"; item: KeyItem; secret: string } | null;

/** Keys and tokens: what each may, until when, and when it was last used. */
export function KeysPanel() {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { data, error, refetch, isFetching } = useQuery(keysQuery());
  const act = useKeyActions((item, secret) => setDialog({ kind: "secret", item, secret }));
  const close = () => setDialog(null);
  return (
    <>
      <PanelTable
        title="API keys and tokens"
        things="keys"
        description="For programs, instead of a session. They never have more rights than you have, and none to approve, to attest, or to manage people and keys."
        items={data?.items}
        total={data?.total}
        add={
          <ButtonDropdown
            variant="primary"
            disabled={!data}
            items={(data?.kinds ?? []).map((kind) => ({ id: kind, text: KIND_NAMES[kind] }))}
            onItemClick={({ detail }) => {
              const of = data?.kinds.find((kind) => kind === detail.id);
              if (of) setDialog({ kind: "make", of });
            }}
          >
            Make
          </ButtonDropdown>
        }
        columns={[
          { id: "name", header: "Name", isRowHeader: true, minWidth: 150, cell: (item) => <Name item={item} /> },
          { id: "may", header: "Rights", minWidth: 140, cell: (item) => <May item={item} /> },
          {
            id: "state",
            header: "State",
            minWidth: 120,
            cell: ({ state }) => <Status type={keyStateOf(state).type}>{keyStateOf(state).text}</Status>,
          },
          { id: "expires", header: "Expires", minWidth: 150, cell: ({ expiresAt }) => <Instant at={expiresAt} /> },
          {
            id: "used",
            header: "Last used",
            minWidth: 150,
            cell: ({ lastUsedAt, lastUsedFrom }) => (
              <div>
                {lastUsedAt ? <Instant at={lastUsedAt} /> : "Never"}
                {lastUsedFrom && <Box variant="small">from {lastUsedFrom}</Box>}
              </div>
            ),
          },
          {
            id: "by",
            header: "Made by",
            minWidth: 120,
            cell: ({ createdBy, mine, createdAt }) => (
              <div>
                {mine ? "You" : createdBy.name}
                <Box variant="small">
                  <Instant at={createdAt} />
                </Box>
              </div>
            ),
          },
        ]}
        rowActions={{
          nameOf: (item) => item.name,
          actionsOf: (item) => [
            { id: "rotate", text: "Rotate", disabled: !item.mine || item.revokedAt !== null },
            { id: "revoke", text: "Revoke", disabled: item.revokedAt !== null },
          ],
          onAct: (id, item) => {
            if (id === "rotate" || id === "revoke") act(id, item);
          },
        }}
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
        empty={<AllClear title="No API keys or tokens" />}
      />
      {dialog?.kind === "make" && (
        <KeyEditor
          kind={dialog.of}
          onClose={close}
          onMade={({ key, secret }) => setDialog({ kind: "secret", item: key, secret })}
        />
      )}
      {dialog?.kind === "secret" && <KeySecret item={dialog.item} secret={dialog.secret} onClose={close} />}
    </>
  );
}

function useKeyActions(onSecret: (item: KeyItem, secret: string) => void) {
  const client = useQueryClient();
  const { notify, notifyRefusal } = useNotifications();
  const rotate = useMutation(rotateKeyMutation(client));
  const revoke = useMutation(revokeKeyMutation(client));
  return (what: "rotate" | "revoke", { id, name }: KeyItem) => {
    if (what === "rotate") {
      rotate.mutate(id, { onSuccess: ({ key, secret }) => onSecret(key, secret), onError: notifyRefusal });
      return;
    }
    revoke.mutate(id, {
      onSuccess: () => notify({ type: "success", header: `${name} no longer works` }),
      onError: notifyRefusal,
    });
  };
}

function Name({ item: { name, prefix } }: { item: KeyItem }) {
  return (
    <div className="mqs-break">
      {name}
      <Box color="text-body-secondary" variant="small" display="block">
        {prefix}…
      </Box>
    </div>
  );
}

function May({ item: { kind, role, owners, query } }: { item: KeyItem }) {
  const of = owners.map(({ displayName }) => displayName).join(", ");
  return (
    <div className="mqs-break">
      {KIND_NAMES[kind]}
      <Box variant="small" display="block">
        {role
          ? `${ROLE_NAMES[role]}${of ? ` of ${of}` : ""}`
          : kind === "calendar"
            ? query || "All brokers"
            : "Reads figures"}
      </Box>
    </div>
  );
}
