"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { setUpMutation } from "@/lib/queries/session";
import { AuthForm } from "../_components/auth-form";
import { fieldError, formError } from "../_components/form-errors";
import { leaveFor } from "../_components/leave-for";
import { newPasswordProblem, PasswordFields } from "../_components/password-fields";

/** The first visit: the administrator's account. */
export function SetUpView({ needsSecret }: { needsSecret: boolean }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [secret, setSecret] = useState("");
  const [passwords, setPasswords] = useState({ password: "", repeated: "" });
  const [judged, setJudged] = useState(false);
  const setUp = useMutation({ ...setUpMutation(), onSuccess: () => leaveFor("/") });
  const busy = setUp.isPending || setUp.isSuccess;
  const about = { name, email };
  const submit = () => {
    setJudged(true);
    if (name.trim() === "" || newPasswordProblem(passwords, about) !== null) return;
    setUp.mutate({ name, email, password: passwords.password, ...(needsSecret ? { secret } : {}) });
  };
  return (
    <AuthForm
      title="Set up MQ Steward"
      description="Nobody has an account here yet. The first person becomes the administrator, who adds everybody else."
      action="Create the administrator"
      busy={busy}
      errorText={formError(setUp.error, ["name", "email", "password", "secret"])}
      onSubmit={submit}
    >
      <FormField
        label="Name"
        errorText={
          judged && name.trim() === ""
            ? "Say who you are; changes are recorded with it."
            : fieldError(setUp.error, "name")
        }
        stretch
      >
        <Input
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField
        label="E-mail address"
        description="You sign in with it. Notifications go to it once a channel is set up."
        errorText={fieldError(setUp.error, "email")}
        stretch
      >
        <Input
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={({ detail }) => setEmail(detail.value)}
        />
      </FormField>
      <PasswordFields
        value={passwords}
        onChange={setPasswords}
        about={about}
        judged={judged}
        serverError={fieldError(setUp.error, "password")}
      />
      {needsSecret && (
        <FormField
          label="Secret of the server"
          description="The value of MQ_STEWARD_SECRET: it shows that you are whoever started the server."
          errorText={fieldError(setUp.error, "secret")}
          stretch
        >
          <Input
            type="password"
            name="secret"
            autoComplete="off"
            value={secret}
            onChange={({ detail }) => setSecret(detail.value)}
          />
        </FormField>
      )}
    </AuthForm>
  );
}
