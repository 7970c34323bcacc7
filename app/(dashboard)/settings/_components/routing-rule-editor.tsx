"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import type { ChannelItem, NotificationRuleItem, RuleInput } from "@/lib/contracts/notifications";
import {
  AUDIENCE_NAMES,
  AUDIENCES,
  DELIVERIES,
  DELIVERY_NAMES,
  EVENT_KIND_NAMES,
  EVENT_KINDS,
} from "@/lib/domain/notification";
import { saveNotificationRuleMutation } from "@/lib/queries/notifications";

const KINDS = EVENT_KINDS.map((value) => ({
  value,
  label: EVENT_KIND_NAMES[value].name,
  description: EVENT_KIND_NAMES[value].when,
}));
const SEVERITIES = [
  { value: "low", label: "Any severity" },
  { value: "medium", label: "Medium and worse" },
  { value: "high", label: "High and worse" },
  { value: "critical", label: "Critical alone" },
] as const;
const WHO = AUDIENCES.map((value) => ({ value, label: AUDIENCE_NAMES[value] }));
const HOW_SOON = DELIVERIES.map((value) => ({ value, label: DELIVERY_NAMES[value] }));

const NEW_RULE: RuleInput = {
  name: "",
  enabled: true,
  kinds: [],
  leastSeverity: "low",
  audiences: ["owner"],
  delivery: "daily",
  channelIds: [],
};

/** Adding a routing rule, or changing one. */
export function RoutingRuleEditor({
  rule,
  channels,
  onClose,
}: {
  rule: NotificationRuleItem | null;
  channels: readonly ChannelItem[];
  onClose(): void;
}) {
  const save = useMutation(saveNotificationRuleMutation(useQueryClient()));
  const [draft, setDraft] = useState<RuleInput>(rule ? inputOf(rule) : NEW_RULE);
  const set = (change: Partial<RuleInput>) => setDraft({ ...draft, ...change });
  const byChannel = channels.map(({ id, name }) => ({ value: String(id), label: name }));
  const complete = draft.name.trim() !== "" && draft.kinds.length > 0 && draft.audiences.length > 0;
  return (
    <EntryModal
      title={rule ? `Change ${rule.name}` : "Add a routing rule"}
      save={rule ? "Save" : "Add"}
      ready={complete}
      saving={save.isPending}
      error={save.error}
      onSave={() => save.mutate({ id: rule?.id ?? null, rule: draft }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FormField label="Name" stretch>
        <Input value={draft.name} autoComplete={false} onChange={({ detail }) => set({ name: detail.value })} />
      </FormField>
      <FormField label="Events" stretch>
        <Multiselect
          options={KINDS}
          selectedOptions={KINDS.filter(({ value }) => draft.kinds.includes(value))}
          placeholder="Choose events"
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) =>
            set({ kinds: EVENT_KINDS.filter((kind) => detail.selectedOptions.some(({ value }) => value === kind)) })
          }
        />
      </FormField>
      <FormField label="Severity" stretch>
        <Select
          options={SEVERITIES}
          selectedOption={SEVERITIES.find(({ value }) => value === draft.leastSeverity) ?? null}
          onChange={({ detail }) => {
            const chosen = SEVERITIES.find(({ value }) => value === detail.selectedOption.value);
            if (chosen) set({ leastSeverity: chosen.value });
          }}
        />
      </FormField>
      <FormField label="Goes to" stretch>
        <Multiselect
          options={WHO}
          selectedOptions={WHO.filter(({ value }) => draft.audiences.includes(value))}
          placeholder="Choose who is told"
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) =>
            set({ audiences: AUDIENCES.filter((who) => detail.selectedOptions.some(({ value }) => value === who)) })
          }
        />
      </FormField>
      <FormField label="How soon" description="At once is meant for what is critical: digests are read." stretch>
        <Select
          options={HOW_SOON}
          selectedOption={HOW_SOON.find(({ value }) => value === draft.delivery) ?? null}
          onChange={({ detail }) => {
            const chosen = DELIVERIES.find((delivery) => delivery === detail.selectedOption.value);
            if (chosen) set({ delivery: chosen });
          }}
        />
      </FormField>
      <FormField label="Channels" description="None chosen: every channel that is on." stretch>
        <Multiselect
          options={byChannel}
          selectedOptions={byChannel.filter(({ value }) => draft.channelIds.includes(Number(value)))}
          placeholder="All channels"
          empty="No channel is set up yet."
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) => set({ channelIds: detail.selectedOptions.map(({ value }) => Number(value)) })}
        />
      </FormField>
    </EntryModal>
  );
}

function inputOf({ id: _, updatedAt: __, updatedBy: ___, ...input }: NotificationRuleItem): RuleInput {
  return input;
}
