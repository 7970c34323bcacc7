"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { finishSignInMutation } from "@/lib/queries/session";
import { AuthForm } from "../_components/auth-form";
import { fieldError, formError } from "../_components/form-errors";
import { leaveFor } from "../_components/leave-for";

/** The second step of signing in: a code of the authenticator app, or a backup code. */
export function SecondFactorForm({
  onArrive,
}: {
  onArrive(answer: { mustChangePassword: boolean; secondFactor: boolean }): void;
}) {
  const [code, setCode] = useState("");
  const [backup, setBackup] = useState(false);
  const finish = useMutation({ ...finishSignInMutation(), onSuccess: onArrive });
  return (
    <AuthForm
      title="Enter a code"
      description="Your password is right. Now the code that your authenticator app shows."
      action="Sign in"
      busy={finish.isPending || finish.isSuccess}
      errorText={formError(finish.error, ["code"])}
      onSubmit={() => finish.mutate({ code, backup })}
      onCancel={() => leaveFor("/sign-in")}
    >
      <FormField
        label={backup ? "Backup code" : "Code"}
        description={backup ? "Each of them is good once." : "Six digits"}
        errorText={fieldError(finish.error, "code")}
        stretch
      >
        <Input
          name="code"
          autoComplete="one-time-code"
          inputMode={backup ? "text" : "numeric"}
          autoFocus
          value={code}
          onChange={({ detail }) => setCode(detail.value)}
        />
      </FormField>
      <Checkbox checked={backup} onChange={({ detail }) => setBackup(detail.checked)}>
        Use a backup code
      </Checkbox>
    </AuthForm>
  );
}
