"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { formatNumberOf } from "@/components/ui/figures";
import { PanelTable } from "@/components/ui/panel-table";
import { Status } from "@/components/ui/status";
import type { NotificationRuleItem, NotificationSetup } from "@/lib/contracts/notifications";
import { AUDIENCE_NAMES, DELIVERY_NAMES, EVENT_KIND_NAMES } from "@/lib/domain/notification";
import {
  notificationsQuery,
  removeNotificationRuleMutation,
  saveNotificationRuleMutation,
} from "@/lib/queries/notifications";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { RoutingRuleEditor } from "./routing-rule-editor";

const SEVERITY_WORDS = {
  low: "Any",
  medium: "Medium and worse",
  high: "High and worse",
  critical: "Critical",
} as const;

type Dialog = { rule: NotificationRuleItem | null } | null;

/** Which events go to whom, how soon, by which channels. */
export function RoutingPanel() {
  const [dialog, setDialog] = useState<Dialog>(null);
  const { data, error, refetch, isFetching } = useQuery(notificationsQuery());
  const session = useQuery(sessionQuery()).data;
  const may = session !== undefined && mayOf("notifications:write")(session);
  const act = useRuleActions();
  return (
    <SpaceBetween size="l">
      <PanelTable
        title="Routing"
        label="Routing rules"
        things="routing rules"
        description="Whoever several rules send the same event to gets it once, by the most urgent rule. For owners without an address the platform team gets it, with the reason."
        items={data?.rules}
        add={
          may && (
            <Button variant="primary" onClick={() => setDialog({ rule: null })} disabled={!data}>
              Add a rule
            </Button>
          )
        }
        columns={[
          {
            id: "name",
            header: "Rule",
            isRowHeader: true,
            minWidth: 150,
            cell: ({ name, enabled }) => (
              <div>
                {name}
                {!enabled && <Status type="stopped">Off</Status>}
              </div>
            ),
          },
          {
            id: "events",
            header: "Events",
            minWidth: 200,
            cell: ({ kinds }) => kinds.map((kind) => EVENT_KIND_NAMES[kind].name).join(", "),
          },
          {
            id: "severity",
            header: "Severity",
            minWidth: 110,
            cell: ({ leastSeverity }) => SEVERITY_WORDS[leastSeverity],
          },
          {
            id: "audience",
            header: "Goes to",
            minWidth: 130,
            cell: ({ audiences }) => audiences.map((audience) => AUDIENCE_NAMES[audience]).join(", "),
          },
          { id: "delivery", header: "How soon", minWidth: 130, cell: ({ delivery }) => DELIVERY_NAMES[delivery] },
          { id: "channels", header: "Channels", minWidth: 110, cell: (rule) => channelsOf(rule, data) },
        ]}
        rowActions={
          may
            ? {
                nameOf: (rule) => rule.name,
                actionsOf: (rule) => [
                  { id: "edit", text: "Change" },
                  { id: "toggle", text: rule.enabled ? "Turn off" : "Turn on" },
                  { id: "remove", text: "Remove" },
                ],
                onAct: (id, rule) => {
                  if (id === "edit") setDialog({ rule });
                  if (id === "toggle" || id === "remove") act(id, rule);
                },
              }
            : null
        }
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
        empty={<AllClear title="There is no routing rule">Nobody is told of anything.</AllClear>}
      />
      {data && <Reach reach={data.reach} />}
      {dialog && data && (
        <RoutingRuleEditor rule={dialog.rule} channels={data.channels} onClose={() => setDialog(null)} />
      )}
    </SpaceBetween>
  );
}

function channelsOf({ channelIds }: NotificationRuleItem, setup: NotificationSetup | undefined): string {
  if (channelIds.length === 0) return "All";
  const names = setup?.channels.filter(({ id }) => channelIds.includes(id)).map(({ name }) => name) ?? [];
  return names.join(", ") || "–";
}

/** Whom the audiences reach by e-mail today. */
function Reach({ reach }: { reach: NotificationSetup["reach"] }) {
  return (
    <Box color="text-body-secondary">
      {"Reached by e-mail today: "}
      {reach
        .map(({ audience, recipients, without }) => {
          const missing = without > 0 ? ` (${formatNumberOf(without, "owner")} without any)` : "";
          return `${AUDIENCE_NAMES[audience]}: ${formatNumberOf(recipients, "address", "addresses")}${missing}`;
        })
        .join("; ")}
      .
    </Box>
  );
}

function useRuleActions() {
  const client = useQueryClient();
  const { notify, notifyRefusal } = useNotifications();
  const save = useMutation(saveNotificationRuleMutation(client));
  const remove = useMutation(removeNotificationRuleMutation(client));
  return (what: "toggle" | "remove", { id, updatedAt: _, updatedBy: __, ...rule }: NotificationRuleItem) => {
    if (what === "remove")
      remove.mutate(id, {
        onSuccess: () => notify({ type: "success", header: `${rule.name} was removed` }),
        onError: notifyRefusal,
      });
    else
      save.mutate(
        { id, rule: { ...rule, enabled: !rule.enabled } },
        {
          onSuccess: ({ enabled }) => notify({ type: "success", header: `${rule.name} is ${enabled ? "on" : "off"}` }),
          onError: notifyRefusal,
        },
      );
  };
}
