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
    subjectType: z.string().meta({ description: "broker, account or configuration" }),
    /** ARN of the broker or configuration, or the account's id. */
    subjectKey: z.string(),
    /** What the subject is called; its id where it has no name. */
    subjectName: z.string(),
    brokerId: z.string().nullable(),
    brokerName: z.string().nullable(),
    accountId: z.string(),
    region: z.string(),
    engine: z.string(),
    engineVersion: z.string().nullable().meta({ description: "The version the broker runs now" }),
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
    /** Who answers for it, and by when, as acknowledged last. */
    assignee: z.string().nullable(),
    targetOn: day.nullable(),
    acceptedUntil: instant.nullable(),
    fixClaimedAt: instant.nullable(),
    /** An approved acceptance has moved the due day, or holds it. */
    dueMoved: z.boolean(),
  })
  .meta({ id: "FindingItem" });
export type FindingItem = z.infer<typeof findingItem>;

/** Properties of filter tokens. All but `category`, `overdue` and `fixClaimed` sort as well. */
export const FINDING_PROPERTIES = [
  "rule",
  "category",
  "severity",
  "state",
  "closeCause",
  "account",
  "region",
  "engine",
  "engineVersion",
  "environment",
  "owner",
  "broker",
  "brokerId",
  "subjectType",
  "summary",
  "openedAt",
  "firstOpenedAt",
  "closedAt",
  "dueOn",
  "overdue",
  "recurring",
  "assignee",
  "targetOn",
  "dueMoved",
  "fixClaimed",
] as const;

const NO_ORDER: readonly string[] = ["category", "overdue", "fixClaimed"];
/** Properties that findings can be sorted by. */
export const FINDING_SORTS = FINDING_PROPERTIES.filter((property) => !NO_ORDER.includes(property));

/** By default findings that are not closed; any `state` filter shows others. */
export const findingListQuery = listQueryOf(FINDING_PROPERTIES, FINDING_SORTS);
export const findingPage = pageOf(findingItem).meta({ id: "FindingPage" });
export type FindingPage = z.infer<typeof findingPage>;

/** Exactly the filtered findings, in the order of the list. */
export const findingExport = z
  .object({ asOf: instant, total: z.number().int(), items: z.array(findingItem) })
  .meta({ id: "FindingExport" });

const note = z.string().trim().max(2000);
const someText = note.min(1);

/** What a person says when taking a finding on. */
export const acknowledgeBody = z.object({
  assignee: z.string().trim().min(1).max(120).meta({ description: "Who answers for it" }),
  note: someText,
  targetOn: day.meta({ description: "The day aimed at; never moves the due day" }),
});
export const claimFixedBody = z.object({ note: note.default("") });
/** What is asked for. The expiry is the first day on which the finding is open again; how far ahead it may lie depends on the severity. */
export const requestAcceptanceBody = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("accepted"), reason: someText, expiresOn: day }),
  z.object({ kind: z.literal("false-positive"), reason: someText }),
]);
export const withdrawRequestBody = z.object({ note: note.default("") });
/** Decides a request, or ends what was approved. */
export const decideBody = z.object({ decision: z.enum(["approve", "reject", "end"]), note: note.default("") });
export const commentBody = z.object({ text: someText });
export const replacementBody = z.object({
  brokerId: z.string().min(1).max(200).meta({ description: "Id of the broker that replaces it" }),
  note: note.default(""),
});

const MAX_SELECTED = 500;

/** An act on many findings: all that the query's filter finds, or those of them that are named. */
export const bulkOf = <T extends z.ZodType>(act: T) =>
  z.object({
    act,
    ids: z
      .array(z.number().int())
      .max(MAX_SELECTED)
      .optional()
      .meta({ description: "Only these of the filtered findings" }),
    preview: z.boolean().default(false).meta({ description: "Say what would happen, and do nothing" }),
    expected: z
      .number()
      .int()
      .optional()
      .meta({ description: "Refuse (409) when another number of findings would change than was previewed" }),
  });

export const bulkResult = z
  .object({
    /** Findings that the filter and selection hold. */
    matched: z.number().int(),
    /** Those that change, or would. */
    allowed: z.number().int(),
    refused: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    done: z.boolean(),
  })
  .meta({ id: "BulkResult" });
export type BulkResult = z.infer<typeof bulkResult>;

const person = z.object({ name: z.string() });
const replacementBroker = z.object({
  brokerId: z.string(),
  name: z.string(),
  deploymentMode: z.string().nullable(),
  engineVersion: z.string().nullable(),
  firstSeenAt: instant,
});

/** What a person may do about the finding now; `refusal` says why not. */
const findingAction = z.object({
  act: z.enum([
    "acknowledge",
    "claim-fixed",
    "request-acceptance",
    "request-false-positive",
    "withdraw-request",
    "approve",
    "reject",
    "end-acceptance",
    "comment",
    "confirm-replacement",
  ]),
  refusal: z.string().nullable(),
});

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
    actions: z.array(findingAction),
    /** Days from today by which an acceptance must end at the latest. */
    maxAcceptanceDays: z.number().int(),
    acknowledgement: z
      .object({ by: person, at: instant, assignee: z.string(), note: z.string(), targetOn: day })
      .nullable(),
    request: z
      .object({ kind: z.string(), by: person, at: instant, reason: z.string(), expiresOn: day.nullable() })
      .nullable(),
    acceptance: z
      .object({
        kind: z.string(),
        reason: z.string(),
        requestedBy: person,
        approvedBy: person,
        approvedAt: instant,
        expiresAt: instant.nullable(),
      })
      .nullable(),
    fixClaim: z.object({ by: person, at: instant, note: z.string() }).nullable(),
    sla: z.object({
      /** The day by severity alone. */
      baseOn: day.nullable(),
      dueOn: day.nullable(),
      movedDays: z.number().int(),
      /** An approved acceptance holds the clock now. */
      paused: z.boolean(),
      breached: z.boolean(),
      reason: z.string().nullable(),
    }),
    /** The broker that replaces the finding's, as confirmed, and brokers of the same name that could. Null for other subjects. */
    replacement: z
      .object({
        standing: z
          .object({
            broker: replacementBroker,
            basis: z.string(),
            note: z.string(),
            confirmedAt: instant,
            confirmedBy: z.string(),
            settledAt: instant.nullable(),
          })
          .nullable(),
        candidates: z.array(replacementBroker),
      })
      .nullable(),
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
            kind: z.string(),
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
