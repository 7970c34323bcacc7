"use client";

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ROLE_NAMES, type Role } from "@/lib/contracts/permissions";
import { demoSignInMutation, signInMutation, startSingleSignOnMutation } from "@/lib/queries/session";
import { AuthForm } from "../_components/auth-form";
import { fieldError, formError } from "../_components/form-errors";
import { leaveFor } from "../_components/leave-for";
import { SecondFactorForm } from "./second-factor-form";

/** Signing in; in the demo with one account per role, a click each. */
export function SignInView({
  returnTo,
  demoRoles,
  singleSignOn,
}: {
  returnTo: string;
  demoRoles: readonly Role[];
  /** What the button for single sign-on says; null without it. */
  singleSignOn: string | null;
}) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [waiting, setWaiting] = useState(false);
  const arrive = ({ mustChangePassword, secondFactor }: { mustChangePassword: boolean; secondFactor: boolean }) =>
    secondFactor ? setWaiting(true) : leaveFor(mustChangePassword ? "/new-password" : returnTo);
  const signIn = useMutation({ ...signInMutation(), onSuccess: arrive });
  const demo = useMutation({ ...demoSignInMutation(), onSuccess: arrive });
  const sso = useMutation({ ...startSingleSignOnMutation(), onSuccess: ({ location }) => leaveFor(location) });
  const busy =
    sso.isPending || sso.isSuccess || signIn.isPending || demo.isPending || signIn.isSuccess || demo.isSuccess;
  const whole = formError(signIn.error, ["email", "password"]) ?? formError(demo.error, []) ?? formError(sso.error, []);
  if (waiting) return <SecondFactorForm onArrive={arrive} />;
  return (
    <SpaceBetween size="l">
      {demoRoles.length > 0 && (
        <Container
          header={
            <Header variant="h2" description="The demo has one account for each role. A click signs you in.">
              Look around as
            </Header>
          }
        >
          <SpaceBetween size="xs" direction="horizontal">
            {demoRoles.map((role) => (
              <Button key={role} disabled={busy} onClick={() => demo.mutate({ role })}>
                {ROLE_NAMES[role]}
              </Button>
            ))}
          </SpaceBetween>
        </Container>
      )}
      {singleSignOn !== null && (
        <Container header={<Header variant="h2">Single sign-on</Header>}>
          <Button disabled={busy} onClick={() => sso.mutate({ next: returnTo })}>
            {singleSignOn}
          </Button>
        </Container>
      )}
      <AuthForm
        title="Sign in"
        action="Sign in"
        busy={busy}
        errorText={whole}
        onSubmit={() => signIn.mutate({ email, password })}
      >
        <FormField label="E-mail address" errorText={fieldError(signIn.error, "email")} stretch>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={({ detail }) => setEmail(detail.value)}
          />
        </FormField>
        <FormField label="Password" errorText={fieldError(signIn.error, "password")} stretch>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={({ detail }) => setPassword(detail.value)}
          />
        </FormField>
        <Alert type="info">
          No account, or no longer the password? An administrator of MQ Steward adds people and resets passwords.
        </Alert>
      </AuthForm>
    </SpaceBetween>
  );
}
