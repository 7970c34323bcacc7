"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface AuthFormProps {
  title: string;
  description?: string;
  /** What the button says that sends it. */
  action: string;
  /** Sent already, or arriving: not again. */
  busy: boolean;
  /** What the server said about the whole of it. */
  errorText: string | undefined;
  onSubmit(): void;
  /** A way out, where there is one. */
  onCancel?(): void;
  /** The fields. */
  children: ReactNode;
}

/** The one form of a page before a session: signing in, setting up, choosing a password. A form element, so that password managers know it. */
export function AuthForm({ title, description, action, busy, errorText, onSubmit, onCancel, children }: AuthFormProps) {
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <Form
        header={
          <Header variant="h1" description={description}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween size="xs" direction="horizontal">
            {onCancel && (
              <Button variant="link" formAction="none" onClick={onCancel}>
                Cancel
              </Button>
            )}
            <Button variant="primary" formAction="submit" loading={busy}>
              {action}
            </Button>
          </SpaceBetween>
        }
        errorText={errorText}
      >
        <Container>
          <SpaceBetween size="l">{children}</SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}
