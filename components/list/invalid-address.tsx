"use client";

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import type { ListUrl } from "./use-list-url";

/** Says that the address holds a filter that cannot be read, so that the unfiltered list is not taken for the answer. */
export function InvalidAddress({ url }: { url: Pick<ListUrl, "invalid" | "clear"> }) {
  if (!url.invalid) return null;
  return (
    <Alert
      type="warning"
      header="The filter in the address cannot be read"
      action={<Button onClick={url.clear}>Clear filter</Button>}
    >
      {url.invalid}. The whole list is shown.
    </Alert>
  );
}
