import { z } from "zod";
import { instant } from "@/lib/contracts/common";
import { type Permission, ROLES } from "@/lib/contracts/permissions";

/** Keys of the API, and narrow tokens that open one address each. */
export const KEY_KINDS = ["api", "metrics", "calendar"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export function isKeyKind(text: string): text is KeyKind {
  return KEY_KINDS.some((kind) => kind === text);
}

/** The one endpoint that each narrow token opens, and the permission whoever made it must have. */
export const NARROW_KEYS = {
  metrics: { endpoint: "metrics", permission: "kpis:read" },
  calendar: { endpoint: "lifecycleCalendar", permission: "inventory:read" },
} as const satisfies Record<Exclude<KeyKind, "api">, { endpoint: string; permission: Permission }>;

/** Longest life of a secret: an API key's, and that of a token which shows one thing. */
export const MAX_KEY_DAYS = { api: 365, metrics: 730, calendar: 730 } as const satisfies Record<KeyKind, number>;

const ownerOfKey = z.object({ key: z.string(), displayName: z.string() });

export const keyItem = z
  .object({
    id: z.string(),
    kind: z.enum(KEY_KINDS),
    name: z.string(),
    prefix: z.string().meta({ description: "How the key begins; the rest is known to whoever made it alone" }),
    role: z.enum(ROLES).nullable(),
    owners: z.array(ownerOfKey),
    query: z.string().nullable().meta({ description: "Cut that a calendar token shows" }),
    createdBy: z.object({ name: z.string(), email: z.string(), disabled: z.boolean() }),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.nullable(),
    lastUsedFrom: z.string().nullable(),
    revokedAt: instant.nullable(),
    revokedBy: z.string().nullable(),
    /** works, expired, revoked, creator-disabled */
    state: z.string(),
    mine: z.boolean(),
  })
  .meta({ id: "ApiKey" });
export type KeyItem = z.infer<typeof keyItem>;

export const keyList = z
  .object({
    items: z.array(keyItem),
    total: z.number().int(),
    /** Roles that a key of whoever asks may have. */
    roles: z.array(z.enum(ROLES)),
    /** Owner entities that a key with the role owner may act for. */
    owners: z.array(ownerOfKey),
    /** Kinds that whoever asks may make. */
    kinds: z.array(z.enum(KEY_KINDS)),
    asOf: instant.meta({ description: "Wall time: keys live in it" }),
  })
  .meta({ id: "ApiKeys" });
export type KeyList = z.infer<typeof keyList>;

const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });
const expiresInDays = (kind: KeyKind) => z.number().int().min(1).max(MAX_KEY_DAYS[kind]);

export const keyInput = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("api"),
      name,
      expiresInDays: expiresInDays("api"),
      role: z.enum(ROLES),
      owners: z.array(z.string().min(1).max(300)).max(200).default([]),
    }),
    z.strictObject({ kind: z.literal("metrics"), name, expiresInDays: expiresInDays("metrics") }),
    z.strictObject({
      kind: z.literal("calendar"),
      name,
      expiresInDays: expiresInDays("calendar"),
      query: z
        .string()
        .max(2000)
        .default("")
        .meta({ description: "Cut of the calendar, as the query of /lifecycle: owner=sre&environment=production" }),
    }),
  ])
  .meta({ id: "ApiKeyInput" });
export type KeyInput = z.output<typeof keyInput>;

export const madeKey = z
  .object({ key: keyItem, secret: z.string().meta({ description: "Shown this once" }) })
  .meta({ id: "MadeApiKey" });
