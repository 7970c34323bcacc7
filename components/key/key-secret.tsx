"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { ShownOnce } from "@/components/ui/shown-once";
import type { KeyItem } from "@/lib/contracts/keys";
import { calendarAddress } from "@/lib/queries/keys";
import { KIND_NAMES } from "./key-words";

/** The one time that a key is shown, with how it is used. */
export function KeySecret({ item, secret, onClose }: { item: KeyItem; secret: string; onClose(): void }) {
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <ShownOnce
      title={`${KIND_NAMES[item.kind]}: ${item.name}`}
      size="large"
      warning="It is shown this once: only its hash is kept. If it gets lost, rotate it."
      onClose={onClose}
    >
      {item.kind === "calendar" ? (
        <>
          <div>Give this address to the calendar program. Whoever has it sees the calendar.</div>
          <CodeBlock label="the address" text={`${origin}${calendarAddress(secret)}`} />
        </>
      ) : (
        <>
          <CodeBlock label="the key" text={secret} />
          <div>It is sent with each request:</div>
          <CodeBlock
            label="an example"
            text={`curl -H "Authorization: Bearer $MQ_STEWARD_KEY" ${origin}/api/v1/${item.kind === "metrics" ? "metrics" : "brokers?limit=10"}`}
          />
        </>
      )}
    </ShownOnce>
  );
}
