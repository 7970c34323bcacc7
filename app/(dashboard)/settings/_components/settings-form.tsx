"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { useRefusal } from "@/components/shell/use-refusal";
import { ErrorState } from "@/components/states/error-state";
import { formatInstant } from "@/components/ui/times";
import { type Settings, type SettingsView, settingsPatch } from "@/lib/contracts/settings";
import { updateSettingsMutation } from "@/lib/queries/settings";
import { settingsDiff } from "./settings-diff";

interface SettingsFormProps {
  title: string;
  description: string;
  view: SettingsView;
  /** The settings this form is about, as edited. */
  edited: Partial<Settings>;
  onReset(): void;
  children: ReactNode;
}

/** A form over some of the settings: nothing is saved before it was said what will change. */
export function SettingsForm({ title, description, view, edited, onReset, children }: SettingsFormProps) {
  const [confirming, setConfirming] = useState(false);
  const refusal = useRefusal("settings:write");
  const { notify } = useNotifications();
  const save = useMutation(updateSettingsMutation(useQueryClient()));
  const changes = settingsDiff(view.settings, edited);
  const checked = settingsPatch.safeParse(edited);
  const problems = checked.success
    ? []
    : [...new Set(checked.error.issues.map(({ path, message }) => `${path.join(" ")}: ${message}`))];
  const lastChange = view.changed
    .filter(({ key }) => key in edited)
    .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .at(0);
  const patch = Object.fromEntries(changes.map(({ key }) => [key, edited[key]]));
  const confirm = () =>
    save.mutate(patch, {
      onSuccess: () => {
        setConfirming(false);
        notify({ type: "success", header: "Settings saved", content: changes.map(({ label }) => label).join(", ") });
      },
    });
  return (
    <>
      <Form
        header={
          <Header variant="h2" description={description}>
            {title}
          </Header>
        }
        secondaryActions={
          <Button variant="normal" disabled={refusal !== undefined} disabledReason={refusal} onClick={onReset}>
            Back to the defaults
          </Button>
        }
        actions={
          <Button
            variant="primary"
            disabled={refusal !== undefined || changes.length === 0 || problems.length > 0}
            disabledReason={refusal ?? (changes.length === 0 ? "Nothing was changed." : undefined)}
            onClick={() => setConfirming(true)}
          >
            Review and save
          </Button>
        }
        errorText={problems.length > 0 ? problems.join(". ") : undefined}
      >
        <SpaceBetween size="l">
          {refusal && <Alert type="info">{refusal}</Alert>}
          {children}
          <Box variant="small" color="text-body-secondary">
            {lastChange
              ? `Last changed on ${formatInstant(lastChange.updatedAt)} by ${lastChange.updatedBy}.`
              : "Never changed: the defaults are in force."}
          </Box>
        </SpaceBetween>
      </Form>
      <Modal
        visible={confirming}
        onDismiss={() => setConfirming(false)}
        header="This will change"
        closeAriaLabel="Close"
        size="large"
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setConfirming(false)}>
                Cancel
              </Button>
              <Button variant="primary" onClick={confirm} loading={save.isPending}>
                Save
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          {changes.map(({ key, label, before, after, effect }) => (
            <div key={key} className="mqs-break">
              <Box variant="h3">{label}</Box>
              <div>
                From <strong>{before}</strong>
              </div>
              <div>
                to <strong>{after}</strong>
              </div>
              <Alert type="info">{effect}</Alert>
            </div>
          ))}
          {save.error && <ErrorState error={save.error} what="Saving" />}
        </SpaceBetween>
      </Modal>
    </>
  );
}
