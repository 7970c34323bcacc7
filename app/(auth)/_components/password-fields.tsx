"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PASSWORD_MIN_LENGTH, passwordProblems } from "@/lib/domain/password-rule";

export interface NewPassword {
  password: string;
  repeated: string;
}

/** What is wrong with a new password as typed so far; null when it will do. */
export function newPasswordProblem(
  { password, repeated }: NewPassword,
  about: { name?: string; email?: string },
): string | null {
  const problems = passwordProblems(password, about);
  if (problems.length > 0) return problems.join(" ");
  return password === repeated ? null : "The two passwords differ.";
}

/** A new password, typed twice, judged by the server's own rule once `judged`. */
export function PasswordFields({
  value,
  onChange,
  about,
  judged,
  serverError,
}: {
  value: NewPassword;
  onChange: (value: NewPassword) => void;
  about: { name?: string; email?: string };
  judged: boolean;
  serverError: string | undefined;
}) {
  const problems = passwordProblems(value.password, about);
  const weak = judged && problems.length > 0 ? problems.join(" ") : undefined;
  return (
    <SpaceBetween size="l">
      <FormField
        label="New password"
        description={`At least ${PASSWORD_MIN_LENGTH} characters. A sentence of your own is easier to remember than symbols.`}
        errorText={weak ?? serverError}
        stretch
      >
        <Input
          type="password"
          name="new-password"
          autoComplete="new-password"
          value={value.password}
          onChange={({ detail }) => onChange({ ...value, password: detail.value })}
        />
      </FormField>
      <FormField
        label="New password once more"
        errorText={judged && !weak && value.password !== value.repeated ? "The two passwords differ." : undefined}
        stretch
      >
        <Input
          type="password"
          name="repeated-password"
          autoComplete="new-password"
          value={value.repeated}
          onChange={({ detail }) => onChange({ ...value, repeated: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
