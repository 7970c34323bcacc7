import { z } from "zod";
import { day, instant, listQueryOf, ownerRef, pageOf } from "@/lib/contracts/common";

export const findingItem = z
  .object({
    id: z.number().int(),
    ruleId: z.string(),
    ruleTitle: z.string(),
    category: z.string(),
    severity: z.string(),
    state: z.string(),
    closeCause: z.string().nullable(),
    summary: z.string(),
    discriminator: z.string(),
    subjectType: z.string(),
    subjectKey: z.string(),
    brokerId: z.string().nullable(),
    brokerName: z.string().nullable(),
    accountId: z.string(),
    region: z.string(),
    engine: z.string(),
    environment: z.string(),
    owner: ownerRef.nullable(),
    openedAt: instant,
    firstOpenedAt: instant,
    closedAt: instant.nullable(),
    ageDays: z.number().int(),
    dueOn: day.nullable(),
    overdue: z.boolean(),
    recurring: z.boolean(),
    episodeCount: z.number().int(),
    stale: z.boolean(),
  })
  .meta({ id: "FindingItem" });
export type FindingItem = z.infer<typeof findingItem>;

/** Properties of filter tokens. All but `category` and `overdue` sort as well. */
export const FINDING_PROPERTIES = [
  "rule",
  "category",
  "severity",
  "state",
  "closeCause",
  "account",
  "region",
  "engine",
  "environment",
  "owner",
  "broker",
  "brokerId",
  "summary",
  "openedAt",
  "firstOpenedAt",
  "closedAt",
  "dueOn",
  "overdue",
  "recurring",
] as const;

const NO_ORDER: readonly string[] = ["category", "overdue"];
/** Properties that findings can be sorted by. */
export const FINDING_SORTS = FINDING_PROPERTIES.filter((property) => !NO_ORDER.includes(property));

/** By default findings that are not closed; any `state` filter shows others. */
export const findingListQuery = listQueryOf(FINDING_PROPERTIES, FINDING_SORTS);
export const findingPage = pageOf(findingItem).meta({ id: "FindingPage" });
export type FindingPage = z.infer<typeof findingPage>;

export const findingDetail = z
  .object({
    finding: findingItem,
    rule: z.object({
      id: z.string(),
      title: z.string(),
      severity: z.string(),
      category: z.string(),
      rationale: z.string(),
      remediation: z.string(),
      references: z.array(z.object({ kind: z.string(), id: z.string(), url: z.string().optional() })),
    }),
    evidence: z.record(z.string(), z.unknown()),
    episodes: z.array(
      z.object({
        number: z.number().int(),
        state: z.string(),
        severity: z.string(),
        openedAt: instant,
        openedAfter: instant.nullable(),
        closedAt: instant.nullable(),
        closedAfter: instant.nullable(),
        closeCause: z.string().nullable(),
        recurring: z.boolean(),
        flaps: z.number().int(),
        events: z.array(
          z.object({
            at: instant,
            actor: z.string(),
            from: z.string().nullable(),
            to: z.string(),
            note: z.string().nullable(),
            detail: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    ),
    asOf: instant,
  })
  .meta({ id: "FindingDetail" });
