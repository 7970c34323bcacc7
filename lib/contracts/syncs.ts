import { z } from "zod";
import { decimalText, instant, pageOf } from "@/lib/contracts/common";
import { RUN_STATUSES } from "@/lib/domain/sync";

export const syncItem = z
  .object({
    id: z.number().int(),
    trigger: z.string(),
    status: z.string(),
    phase: z.string(),
    asOf: instant,
    startedAt: instant,
    finishedAt: instant.nullable(),
    actor: z.string(),
    error: z.string().nullable(),
    counts: z.record(z.string(), z.number()),
    requests: z.record(
      z.string(),
      z.object({ requests: z.number(), retries: z.number(), throttled: z.number(), billableUnits: z.number() }),
    ),
    awsChargesUsd: decimalText,
    outcomes: z.record(z.string(), z.number()).meta({ description: "Number of outcomes by status" }),
  })
  .meta({ id: "Sync" });
export type SyncItem = z.infer<typeof syncItem>;

export const syncOutcome = z
  .object({
    source: z.string(),
    sourceTitle: z.string(),
    accountId: z.string(),
    accountName: z.string().nullable(),
    region: z.string(),
    status: z.string(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    itemCount: z.number().int(),
    expectedCount: z.number().int().nullable(),
    requestCount: z.number().int(),
    errorCode: z.string().nullable(),
    message: z.string().nullable(),
    wayOut: z.string().nullable(),
    failures: z.array(z.object({ item: z.string(), errorCode: z.string(), message: z.string() })),
  })
  .meta({ id: "SyncOutcome" });

export const syncListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(25),
  cursor: z.string().max(100).optional(),
  status: z
    .enum(RUN_STATUSES)
    .transform((status): string => status)
    .optional(),
});
export const syncPage = pageOf(syncItem).extend({ monthChargesUsd: decimalText }).meta({ id: "SyncPage" });
/** Which outcomes of a sync are asked for: problems come first, and a large organisation has thousands. */
export const syncDetailQuery = z.object({
  show: z.enum(["all", "problems"]).default("all"),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type SyncDetailQuery = z.output<typeof syncDetailQuery>;

/** The scopes of one account and region ('' where the source has none), counted. */
export const scopeProgress = z
  .object({
    accountId: z.string(),
    accountName: z.string().nullable(),
    region: z.string(),
    done: z.number().int().meta({ description: "Scopes that are over, however they ended" }),
    total: z.number().int(),
    items: z.number().int(),
    running: z.boolean(),
    problems: z.number().int(),
  })
  .meta({ id: "ScopeProgress" });

export const syncDetail = z
  .object({
    sync: syncItem,
    outcomes: z.array(syncOutcome),
    outcomeCount: z.number().int().meta({ description: "Outcomes in all, of which `outcomes` is the part asked for" }),
    problemCount: z.number().int(),
    progress: z.array(scopeProgress),
    asOf: instant,
  })
  .meta({ id: "SyncDetail" });
export type SyncDetail = z.infer<typeof syncDetail>;
/** POST /syncs: `joined` when a running sync was joined instead of a second one started. */
export const syncStarted = z.object({ id: z.number().int(), joined: z.boolean() }).meta({ id: "SyncStarted" });
