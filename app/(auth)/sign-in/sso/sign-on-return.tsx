"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { finishSingleSignOnMutation } from "@/lib/queries/session";
import { formError } from "../../_components/form-errors";
import { leaveFor } from "../../_components/leave-for";

/** Hands over what the provider answered, once, and goes on to the page that was wanted, or says why not. */
export function SignOnReturn() {
  const { mutate, error } = useMutation({
    ...finishSingleSignOnMutation(),
    onSuccess: ({ returnTo }) => leaveFor(returnTo),
  });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const { search, pathname } = window.location;
    // The code is good once; it need not stay in the address.
    window.history.replaceState(null, "", pathname);
    mutate({ search });
  }, [mutate]);
  return (
    <SpaceBetween size="l">
      <Box variant="h1">Sign in</Box>
      {error ? (
        <>
          <Alert type="error" header="You are not signed in">
            {formError(error, [])}
          </Alert>
          <Button onClick={() => leaveFor("/sign-in")}>Back to the sign-in page</Button>
        </>
      ) : (
        <Box>
          <Spinner /> Signing you in
        </Box>
      )}
    </SpaceBetween>
  );
}
