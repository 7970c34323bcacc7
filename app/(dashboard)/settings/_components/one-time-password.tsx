"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { ShownOnce } from "@/components/ui/shown-once";

/** The one time that a password is shown. */
export function OneTimePassword({ name, password, onClose }: { name: string; password: string; onClose(): void }) {
  return (
    <ShownOnce
      title={`One-time password of ${name}`}
      warning="It is shown this once. If it gets lost, reset the password again."
      onClose={onClose}
    >
      <div>Hand it over by a way you trust. At the first sign-in another one has to be chosen.</div>
      <CodeBlock label="the one-time password" text={password} />
    </ShownOnce>
  );
}
