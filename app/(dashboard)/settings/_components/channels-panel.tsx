"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
import { PanelTable } from "@/components/ui/panel-table";
import { Status } from "@/components/ui/status";
import { CHANNEL_KIND_NAMES, type ChannelItem } from "@/lib/contracts/notifications";
import { changeChannelMutation, notificationsQuery, removeChannelMutation } from "@/lib/queries/notifications";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { ChannelEditor } from "./channel-editor";
import { ChannelTest } from "./channel-test";

type Dialog = { kind: "add" } | { kind: "edit" | "test"; channel: ChannelItem } | null;

/** The ways notifications are sent, and what an administrator can do about each. */
export function ChannelsPanel() {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { data, error, refetch, isFetching } = useQuery(notificationsQuery());
  const session = useQuery(sessionQuery()).data;
  const may = session !== undefined && mayOf("notifications:write")(session);
  const act = useChannelActions();
  return (
    <>
      <PanelTable
        title="Channels"
        things="channels"
        description="Secrets are stored encrypted, or named as environment variables. They are never shown again."
        items={data?.channels}
        add={
          may && (
            <Button variant="primary" onClick={() => setDialog({ kind: "add" })} disabled={!data}>
              Add a channel
            </Button>
          )
        }
        columns={[
          { id: "name", header: "Name", isRowHeader: true, minWidth: 150, cell: ({ name }) => name },
          { id: "kind", header: "Kind", minWidth: 130, cell: ({ kind }) => CHANNEL_KIND_NAMES[kind] },
          { id: "where", header: "Sends to", minWidth: 200, cell: (channel) => <Where channel={channel} /> },
          {
            id: "state",
            header: "State",
            minWidth: 90,
            cell: ({ enabled }) => (enabled ? <Status type="success">On</Status> : <Status type="stopped">Off</Status>),
          },
          {
            id: "last",
            header: "Last sent",
            minWidth: 130,
            cell: ({ lastSentAt }) => (lastSentAt ? <Instant at={lastSentAt} /> : "Never"),
          },
        ]}
        rowActions={
          may
            ? {
                nameOf: (channel) => channel.name,
                actionsOf: (channel) => [
                  { id: "test", text: "Send a test message" },
                  { id: "edit", text: "Change" },
                  { id: "toggle", text: channel.enabled ? "Turn off" : "Turn on" },
                  { id: "remove", text: "Remove" },
                ],
                onAct: (id, channel) => {
                  if (id === "test" || id === "edit") setDialog({ kind: id, channel });
                  if (id === "toggle" || id === "remove") act(id, channel);
                },
              }
            : null
        }
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
        empty={
          <AllClear title="No channel is set up">
            Nobody is told of anything yet. The first notifications after a channel is added say how things stand.
          </AllClear>
        }
      />
      {(dialog?.kind === "add" || dialog?.kind === "edit") && (
        <ChannelEditor channel={dialog.kind === "edit" ? dialog.channel : null} onClose={() => setDialog(null)} />
      )}
      {dialog?.kind === "test" && <ChannelTest channel={dialog.channel} onClose={() => setDialog(null)} />}
    </>
  );
}

/** What is done without a dialog of its own; its outcome is a notice. */
function useChannelActions() {
  const client = useQueryClient();
  const { notify, notifyRefusal } = useNotifications();
  const change = useMutation(changeChannelMutation(client));
  const remove = useMutation(removeChannelMutation(client));
  return (what: "toggle" | "remove", { id, name, enabled }: ChannelItem) => {
    if (what === "toggle")
      change.mutate(
        { id, enabled: !enabled },
        {
          onSuccess: () => notify({ type: "success", header: `${name} is ${enabled ? "off" : "on"}` }),
          onError: notifyRefusal,
        },
      );
    else
      remove.mutate(id, {
        onSuccess: () => notify({ type: "success", header: `${name} was removed` }),
        onError: notifyRefusal,
      });
  };
}

function Where({ channel: { kind, settings, secrets } }: { channel: ChannelItem }) {
  const words =
    kind === "email"
      ? `${settings.host}:${settings.port}, from ${settings.from}`
      : String(settings.url ?? settings.topicArn ?? "");
  const variable = Object.values(secrets).find(({ from }) => from === "variable")?.variable;
  return (
    <div className="mqs-break">
      {words ? <CodeWords text={words} /> : variable ? "An address kept in a variable" : "An address kept secret"}
      {variable && (
        <Box variant="small">
          <CodeWords text={variable} />
        </Box>
      )}
    </div>
  );
}
