"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changePasswordMutation } from "@/lib/queries/session";
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
    if (busy || newPasswordProblem(passwords, about) !== null) return;
    change.mutate({ current, next: passwords.password });
  };
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Form
        header={
          <Header
            variant="h1"
            description={
              forced
                ? "Your password was given to you by an administrator. Choose one that only you know."
                : "Your other sessions end with it."
            }
          >
            Choose a new password
          </Header>
        }
        actions={
          <SpaceBetween size="xs" direction="horizontal">
            {!forced && (
              <Button variant="link" formAction="none" onClick={() => leaveFor("/")}>
                Cancel
              </Button>
            )}
            <Button variant="primary" formAction="submit" loading={busy}>
              Change the password
            </Button>
          </SpaceBetween>
        }
        errorText={formError(change.error, ["current", "next"])}
      >
        <Container>
          <SpaceBetween size="l">
            {/* Password managers file the new password under this name. */}
            <input type="text" name="username" autoComplete="username" value={about.email} readOnly hidden />
            <FormField label="Present password" errorText={fieldError(change.error, "current")} stretch>
              <Input
                type="password"
                name="current-password"
                autoComplete="current-password"
                autoFocus
                value={current}
                onChange={({ detail }) => setCurrent(detail.value)}
              />
            </FormField>
            <PasswordFields
              value={passwords}
              onChange={setPasswords}
              about={about}
              judged={judged}
              serverError={fieldError(change.error, "next")}
            />
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}
