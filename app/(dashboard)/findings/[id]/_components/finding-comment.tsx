"use client";

import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import { commentMutation } from "@/lib/queries/findings";

/** Writes into the history; what is written stays. */
export function FindingComment({ id, refusal }: { id: string; refusal: string | null }) {
  const [text, setText] = useState("");
  const comment = useMutation(commentMutation(useQueryClient(), id));
  const isEmpty = text.trim() === "";
  return (
    <SpaceBetween size="xs">
      <FormField label="Comment" constraintText="Stands in the history for good.">
        <Textarea value={text} rows={2} disabled={refusal !== null} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
      <Button
        disabled={refusal !== null || isEmpty}
        disabledReason={refusal ?? undefined}
        loading={comment.isPending}
        onClick={() => comment.mutate(text, { onSuccess: () => setText("") })}
      >
        Add comment
      </Button>
      {comment.error && <ErrorState error={comment.error} what="The comment" />}
    </SpaceBetween>
  );
}
