"use client";

import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { CodeBlock } from "@/components/ui/code-block";
import { EntryModal } from "@/components/ui/entry-modal";
import { QrCode } from "@/components/ui/qr-code";
import { confirmSecondFactorMutation, setUpSecondFactorMutation } from "@/lib/queries/session";
import { PresentPasswordField } from "./present-password-field";

/** Two steps: the password makes a secret, a first code proves that the app has it. */
export function SetUpSecondFactor({ onClose }: { onClose(): void }) {
  const { notify } = useNotifications();
  const setUp = useMutation(setUpSecondFactorMutation());
  const confirm = useMutation(confirmSecondFactorMutation(useQueryClient()));
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const made = setUp.data;
  if (!made) {
    return (
      <EntryModal
        title="Set up a second factor"
        save="Continue"
        ready={password !== ""}
        saving={setUp.isPending}
        error={setUp.error}
        onSave={() => setUp.mutate({ password })}
        onClose={onClose}
      >
        <PresentPasswordField value={password} onChange={setPassword} />
      </EntryModal>
    );
  }
  const arrive = () => {
    notify({ type: "success", header: "From now on signing in asks for a code. Your other sessions have ended." });
    onClose();
  };
  return (
    <EntryModal
      title="Set up a second factor"
      save="Confirm"
      ready={/^\d{6}$/.test(code.trim())}
      saving={confirm.isPending}
      error={confirm.error}
      onSave={() => confirm.mutate({ code }, { onSuccess: arrive })}
      onClose={onClose}
    >
      <div>Read this with an authenticator app, or type the secret into it.</div>
      <QrCode text={made.uri} label="QR code of the secret" />
      <CodeBlock label="the secret" text={new URL(made.uri).searchParams.get("secret") ?? ""} />
      <div>Keep these backup codes where the phone is not. Each is good once, when the app is lost.</div>
      <CodeBlock label="the backup codes" text={made.backupCodes.join("\n")} />
      <Alert type="warning">Secret and backup codes are shown this once.</Alert>
      <FormField label="Code that the app shows now" stretch>
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={({ detail }) => setCode(detail.value)}
        />
      </FormField>
    </EntryModal>
  );
}
