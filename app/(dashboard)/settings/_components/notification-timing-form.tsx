"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import type { SettingsView } from "@/lib/contracts/settings";
import { WEEKDAYS } from "./settings-diff";
import { SettingsForm } from "./settings-form";

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));
const DAYS = WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }));
const QUIET_DEFAULT = { from: "20:00", until: "07:00" };

/** When digests go, when it is quiet, where links lead, and what may be reached. */
export function NotificationTimingForm({ view }: { view: SettingsView }) {
  const [edited, setEdited] = useState(view.settings.notifications);
  const [days, setDays] = useState(String(edited.escalateAfterDays));
  const [allowed, setAllowed] = useState(edited.allowedAddresses.join("\n"));
  const set = (change: Partial<typeof edited>) => setEdited({ ...edited, ...change });
  const { quietHours } = edited;
  const notifications = {
    ...edited,
    publicAddress: edited.publicAddress.trim(),
    timeZone: edited.timeZone.trim(),
    escalateAfterDays: /^\d{1,2}$/.test(days.trim()) ? Number(days) : Number.NaN,
    allowedAddresses: allowed.split("\n").flatMap((line) => line.trim() || []),
  };
  return (
    <SettingsForm
      title="When, and where to"
      description="Digests, quiet hours, escalation, links, and addresses that are not public."
      view={view}
      edited={{ notifications }}
      onReset={() => {
        setEdited(view.defaults.notifications);
        setDays(String(view.defaults.notifications.escalateAfterDays));
        setAllowed(view.defaults.notifications.allowedAddresses.join("\n"));
      }}
    >
      <FormField
        label="Public address"
        description="Where people reach this product, e.g. https://mq-steward.example.com. Without it messages have no links."
      >
        <Input value={edited.publicAddress} onChange={({ detail }) => set({ publicAddress: detail.value })} />
      </FormField>
      <FormField label="Time zone" description="Of digests and quiet hours, e.g. Europe/Lisbon.">
        <Input value={edited.timeZone} onChange={({ detail }) => set({ timeZone: detail.value })} />
      </FormField>
      <FormField label="Hour of digests">
        <Select
          options={HOURS}
          selectedOption={HOURS.find(({ value }) => value === String(edited.digestHour)) ?? null}
          onChange={({ detail }) => set({ digestHour: Number(detail.selectedOption.value) })}
        />
      </FormField>
      <FormField label="Day of weekly digests">
        <Select
          options={DAYS}
          selectedOption={DAYS.find(({ value }) => value === String(edited.weeklyDay)) ?? null}
          onChange={({ detail }) => set({ weeklyDay: Number(detail.selectedOption.value) })}
        />
      </FormField>
      <FormField label="Quiet hours" description="What would go at once waits until they end.">
        <Toggle
          checked={quietHours !== null}
          onChange={({ detail }) => set({ quietHours: detail.checked ? QUIET_DEFAULT : null })}
        >
          Keep quiet hours
        </Toggle>
      </FormField>
      {quietHours && (
        <>
          <FormField label="Quiet from" description="HH:MM, 24 hours.">
            <Input
              value={quietHours.from}
              onChange={({ detail }) => set({ quietHours: { ...quietHours, from: detail.value } })}
            />
          </FormField>
          <FormField label="Quiet until" description="HH:MM; earlier than the beginning means the next morning.">
            <Input
              value={quietHours.until}
              onChange={({ detail }) => set({ quietHours: { ...quietHours, until: detail.value } })}
            />
          </FormField>
          <Toggle
            checked={edited.quietForCritical}
            onChange={({ detail }) => set({ quietForCritical: detail.checked })}
          >
            Hold back critical notifications, too
          </Toggle>
        </>
      )}
      <FormField
        label="Escalate after, in days"
        description="A high or critical finding that is still not acknowledged so long after its owner was told goes to the platform team and managers."
      >
        <Input type="number" inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
      <FormField
        label="Allowed addresses"
        description="Only public addresses are reached. One host name, address or range per line may be reached besides, e.g. mail.internal or 10.1.0.0/16."
      >
        <Textarea rows={3} value={allowed} onChange={({ detail }) => setAllowed(detail.value)} />
      </FormField>
    </SettingsForm>
  );
}
