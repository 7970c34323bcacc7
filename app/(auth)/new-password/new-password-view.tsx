"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changePasswordMutation } from "@/lib/queries/session";
import { AuthForm } from "../_components/auth-form";
import { fieldError, formError } from "../_components/form-errors";
import { leaveFor } from "../_components/leave-for";
import { newPasswordProblem, PasswordFields } from "../_components/password-fields";

/** Choosing another password: because one wants to, or because the present one was given by an administrator. */
export function NewPasswordView({ forced, about }: { forced: boolean; about: { name: string; email: string } }) {
  const [current, setCurrent] = useState("");
  const [passwords, setPasswords] = useState({ password: "", repeated: "" });
  const [judged, setJudged] = useState(false);
  const change = useMutation({ ...changePasswordMutation(), onSuccess: () => leaveFor("/") });
  const busy = change.isPending || change.isSuccess;
  const submit = () => {
    setJudged(true);
    if (newPasswordProblem(passwords, about) !== null) return;
    change.mutate({ current, next: passwords.password });
  };
  return (
    <AuthForm
      title="Choose a new password"
      description={
        forced
          ? "Your password was given to you by an administrator. Choose one that only you know."
          : "Your other sessions end with it."
      }
      action="Change the password"
      busy={busy}
      errorText={formError(change.error, ["current", "next"])}
      onSubmit={submit}
      onCancel={forced ? undefined : () => leaveFor("/")}
    >
      <div>
        {/* Password managers file the new password under this name. */}
        <input type="text" name="username" autoComplete="username" value={about.email} readOnly hidden />
        <FormField label="Current password" errorText={fieldError(change.error, "current")} stretch>
          <Input
            type="password"
            name="current-password"
            autoComplete="current-password"
            autoFocus
            value={current}
            onChange={({ detail }) => setCurrent(detail.value)}
          />
        </FormField>
      </div>
      <PasswordFields
        value={passwords}
        onChange={setPasswords}
        about={about}
        judged={judged}
        serverError={fieldError(change.error, "next")}
      />
    </AuthForm>
  );
}
