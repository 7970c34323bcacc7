"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { ApiError } from "@/lib/queries/fetch-api";

/** What failed, in the server's words, with the request id to look for in the log, and a way to try again. */
export function ErrorState({
  error,
  what,
  onRetry,
  retrying = false,
}: {
  error: unknown;
  what: string;
  onRetry?: () => void;
  retrying?: boolean;
}) {
  const known = error instanceof ApiError ? error : null;
  const reference = known?.requestId ?? digestOf(error);
  return (
    <Alert
      type="error"
      header={known ? known.title : `${what} could not be shown`}
      action={
        onRetry && (
          <Button onClick={onRetry} loading={retrying}>
            Try again
          </Button>
        )
      }
    >
      <div>{known ? `${what}: ${known.message}` : "Something went wrong on this page. Trying again often helps."}</div>
      {known?.errors.map(({ path, message }) => (
        <div key={`${path} ${message}`}>
          {path ? `${path}: ` : ""}
          {message}
        </div>
      ))}
      {reference && (
        <Box variant="small" color="inherit">
          Request id: {reference}
        </Box>
      )}
    </Alert>
  );
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
