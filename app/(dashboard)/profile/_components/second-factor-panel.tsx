"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { Status } from "@/components/ui/status";
import { secondFactorQuery } from "@/lib/queries/session";
import { RemoveSecondFactor } from "./remove-second-factor";
import { SetUpSecondFactor } from "./set-up-second-factor";

/** Whether signing in asks for a code of an authenticator app, too. */
export function SecondFactorPanel() {
  const [open, setOpen] = useState(false);
  const { data, error, refetch, isFetching } = useQuery(secondFactorQuery());
  const close = () => setOpen(false);
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The second factor" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the second factor" height={120} />
    );
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            data.available
              ? "Besides the password signing in asks for a code of an authenticator app on your phone (TOTP)."
              : "You sign in at a provider, which may ask for a code itself."
          }
          actions={
            data.available && <Button onClick={() => setOpen(true)}>{data.enabled ? "Turn off" : "Set up"}</Button>
          }
        >
          Second factor
        </Header>
      }
    >
      {data.enabled ? <Status type="success">On</Status> : <Status type="info">Not set up</Status>}
      {open && (data.enabled ? <RemoveSecondFactor onClose={close} /> : <SetUpSecondFactor onClose={close} />)}
    </Container>
  );
}
