"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
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
      <Table
        variant="borderless"
        items={data?.channels ?? []}
        trackBy="id"
        loading={!data && !error}
        loadingText="Reading channels"
        wrapLines
        ariaLabels={{ tableLabel: "Channels" }}
        header={
          <Header
            variant="h2"
            counter={data ? `(${data.channels.length})` : undefined}
            description="Secrets are stored encrypted, or named as environment variables. They are never shown again."
            actions={
              may && (
                <Button variant="primary" onClick={() => setDialog({ kind: "add" })} disabled={!data}>
                  Add a channel
                </Button>
              )
            }
          >
            Channels
          </Header>
        }
        columnDefinitions={[
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
          {
            id: "actions",
            header: "Actions",
            minWidth: 90,
            cell: (channel) =>
              may ? (
                <ButtonDropdown
                  variant="inline-icon"
                  expandToViewport
                  ariaLabel={`Actions for ${channel.name}`}
                  items={[
                    { id: "test", text: "Send a test message" },
                    { id: "edit", text: "Change" },
                    { id: "toggle", text: channel.enabled ? "Turn off" : "Turn on" },
                    { id: "remove", text: "Remove" },
                  ]}
                  onItemClick={({ detail: { id } }) => {
                    if (id === "test" || id === "edit") setDialog({ kind: id, channel });
                    if (id === "toggle" || id === "remove") act(id, channel);
                  }}
                />
              ) : (
                "–"
              ),
          },
        ]}
        empty={
          error ? (
            <ErrorState error={error} what="The channels" onRetry={() => void refetch()} retrying={isFetching} />
          ) : (
            <AllClear title="No channel is set up">
              Nobody is told of anything yet. The first notifications after a channel is added say how things stand.
            </AllClear>
          )
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
  const { notify } = useNotifications();
  const change = useMutation(changeChannelMutation(client));
  const remove = useMutation(removeChannelMutation(client));
  const onError = (error: Error) => notify({ type: "error", header: "This was not done", content: error.message });
  return (what: "toggle" | "remove", { id, name, enabled }: ChannelItem) => {
    if (what === "toggle")
      change.mutate(
        { id, enabled: !enabled },
        {
          onSuccess: () => notify({ type: "success", header: `${name} is ${enabled ? "off" : "on"}` }),
          onError,
        },
      );
    else remove.mutate(id, { onSuccess: () => notify({ type: "success", header: `${name} was removed` }), onError });
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
