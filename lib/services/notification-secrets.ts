import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { notificationVariable } from "@/lib/env";
import { type KeptSecret, open, SecretUnreadable, seal } from "@/lib/notifications/secrets/secret-box";

/** Derives keys from the session secret (lib/auth). */
export type Derive = (purpose: string) => string;

const keptSecrets = z.record(
  z.string(),
  z.union([z.strictObject({ sealed: z.string() }), z.strictObject({ variable: z.string() })]),
);

const SECRETS_KEY = "notification-secrets";
const LINKS_KEY = "acknowledge-links";

const keyOf = (derive: Derive, purpose: string): Buffer => Buffer.from(derive(purpose), "base64url");
const placeOf = (channelId: number, field: string): string => `channel:${channelId}:${field}`;

/** The key that signs acknowledge links. */
export function linkKey(derive: Derive): Buffer {
  return keyOf(derive, LINKS_KEY);
}

/** The secrets of a channel as they are stored. */
export function keptSecretsOf(stored: unknown): Readonly<Record<string, KeptSecret>> {
  return keptSecrets.parse(stored);
}

/** A given secret in the form in which it is kept: sealed to its channel and field, or the name of its variable. */
export function keepSecret(
  derive: Derive,
  channelId: number,
  field: string,
  given: { value: string } | { variable: string },
): KeptSecret {
  if ("variable" in given) return given;
  return { sealed: seal(keyOf(derive, SECRETS_KEY), placeOf(channelId, field), given.value) };
}

/** The secrets themselves, to send with. Errors: conflict, with the way out, for one that cannot be read. */
export function openSecrets(derive: Derive, channelId: number, stored: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(keptSecretsOf(stored)).map(([field, kept]) => [field, openOne(derive, channelId, field, kept)]),
  );
}

function openOne(derive: Derive, channelId: number, field: string, kept: KeptSecret): string {
  if ("variable" in kept) {
    const value = notificationVariable(kept.variable);
    if (value !== undefined) return value;
    throw new AppError("conflict", `The environment variable ${kept.variable} is not set for this process.`);
  }
  try {
    return open(keyOf(derive, SECRETS_KEY), placeOf(channelId, field), kept.sealed);
  } catch (cause) {
    if (!(cause instanceof SecretUnreadable)) throw cause;
    throw new AppError(
      "conflict",
      "The channel's secret was stored under another MQ_STEWARD_SECRET and cannot be read: enter it again under Settings, Notifications.",
      { cause },
    );
  }
}
