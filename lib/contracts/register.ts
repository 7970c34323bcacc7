import { z } from "zod";
import { day, decimalText, freshness, instant } from "@/lib/contracts/common";
import { INCIDENT_CAUSES } from "@/lib/domain/register";

const brokerIds = z.array(z.string().min(1).max(200)).min(1, "Name at least one broker.").max(500);
const note = z.string().trim().max(4000).default("");

const inOrder = (start: string | null | undefined, end: string | null | undefined) =>
  !start || !end || Date.parse(end) > Date.parse(start);

/** An incident as a person writes it. Times are UTC. */
export const incidentInput = z
  .object({
    title: z.string().trim().min(1, "Give it a title.").max(200),
    startedAt: instant,
    endedAt: instant.nullable(),
    cause: z.enum(INCIDENT_CAUSES),
    planned: z.boolean(),
    note,
    brokerIds,
    applicationIds: z.array(z.number().int()).max(200).default([]),
  })
  .refine(({ startedAt, endedAt }) => inOrder(startedAt, endedAt), {
    path: ["endedAt"],
    message: "It cannot end before it starts.",
  })
  .meta({ id: "IncidentInput" });

/** A fail-over drill: planned at first; once it was run, with times and result. */
export const drillInput = z
  .object({
    brokerIds,
    plannedOn: day,
    startedAt: instant.nullable(),
    recoveredAt: instant.nullable(),
    successful: z.boolean().nullable(),
    problems: note,
  })
  .refine(({ startedAt, recoveredAt }) => recoveredAt === null || startedAt !== null, {
    path: ["startedAt"],
    message: "Say when it started.",
  })
  .refine(({ startedAt, recoveredAt }) => inOrder(startedAt, recoveredAt), {
    path: ["recoveredAt"],
    message: "It cannot recover before it starts.",
  })
  .refine(({ successful, recoveredAt }) => successful !== true || recoveredAt !== null, {
    path: ["recoveredAt"],
    message: "A successful drill has recovered: say when.",
  })
  .meta({ id: "DrillInput" });

/** An application that depends on brokers. */
export const applicationInput = z
  .object({
    name: z.string().trim().min(1, "Give it a name.").max(200),
    ownerName: z.string().trim().max(200).nullable(),
    brokerIds,
    slaTarget: z.number().gt(0).max(100, "At most 100 percent.").nullable(),
    outageCostPerHour: z
      .string()
      .regex(/^\d{1,15}(\.\d{1,6})?$/, "A number of at least 0.")
      .nullable(),
    outageCostCurrency: z
      .string()
      .regex(/^[A-Z]{3}$/, "Three letters, for example USD.")
      .nullable(),
    /** Whoever saves this vouches, now, that the client's connection string names every endpoint; false takes it back. */
    failoverAttested: z.boolean(),
  })
  .refine(
    ({ outageCostPerHour, outageCostCurrency }) => (outageCostPerHour === null) === (outageCostCurrency === null),
    {
      path: ["outageCostCurrency"],
      message: "An amount needs a currency, and the other way round.",
    },
  )
  .meta({ id: "ApplicationInput" });

/** What a person makes of a suggestion: an incident, or nothing, for a reason. */
export const candidateReviewInput = z
  .discriminatedUnion("decision", [
    z.object({ decision: z.literal("confirmed"), incident: incidentInput }),
    z.object({ decision: z.literal("dismissed"), note: z.string().trim().min(1, "Say why.").max(1000) }),
  ])
  .meta({ id: "CandidateReviewInput" });

export const attestationInput = z.object({ quarter: z.string().min(1).max(20), note }).meta({ id: "AttestationInput" });

const broker = z.object({ id: z.string(), name: z.string() });
const entry = { id: z.number().int(), updatedAt: instant, updatedBy: z.string() };
export const incidentItem = z
  .object({
    ...entry,
    title: z.string(),
    startedAt: instant,
    endedAt: instant.nullable(),
    cause: z.enum(INCIDENT_CAUSES),
    planned: z.boolean(),
    note: z.string(),
    brokers: z.array(broker),
    applicationIds: z.array(z.number().int()),
  })
  .meta({ id: "Incident" });
export const drillItem = z
  .object({
    ...entry,
    plannedOn: day,
    startedAt: instant.nullable(),
    recoveredAt: instant.nullable(),
    successful: z.boolean().nullable(),
    problems: z.string(),
    brokers: z.array(broker),
  })
  .meta({ id: "FailoverDrill" });
export const applicationItem = z
  .object({
    ...entry,
    name: z.string(),
    ownerName: z.string().nullable(),
    brokers: z.array(broker),
    slaTarget: z.number().nullable(),
    outageCostPerHour: decimalText.nullable(),
    outageCostCurrency: z.string().nullable(),
    failoverAttestedAt: instant.nullable(),
    failoverAttestedBy: z.string().nullable(),
  })
  .meta({ id: "Application" });
export const candidateItem = z
  .object({
    id: z.string(),
    broker,
    observedAt: instant,
    startedAfter: instant.nullable(),
    endedBy: instant.nullable(),
    cause: z.enum(INCIDENT_CAUSES),
    summary: z.string(),
    environment: z.string(),
    review: z
      .object({
        decision: z.string(),
        note: z.string(),
        at: instant,
        by: z.string(),
        incidentId: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "IncidentCandidate" });

/** The register with its suggestions and attestations. */
export const registerView = z
  .object({
    incidents: z.array(incidentItem),
    drills: z.array(drillItem),
    applications: z.array(applicationItem),
    /** Newest first; those that nobody reviewed before the others. */
    candidates: z.array(candidateItem),
    /** Quarters, the running one first: whether each is attested. */
    quarters: z.array(
      z.object({
        quarter: z.string(),
        startOn: day,
        endExclusive: day,
        over: z.boolean(),
        unreviewed: z.number().int(),
        attestedAt: instant.nullable(),
        attestedBy: z.string().nullable(),
        note: z.string(),
        /** Attested, but something of the quarter was changed since. */
        changedSince: z.boolean(),
      }),
    ),
    asOf: instant,
    freshness,
  })
  .meta({ id: "Register" });
export type RegisterView = z.infer<typeof registerView>;
export type IncidentItem = z.infer<typeof incidentItem>;
export type DrillItem = z.infer<typeof drillItem>;
export type ApplicationItem = z.infer<typeof applicationItem>;
export type CandidateItem = z.infer<typeof candidateItem>;
export const registerSaved = z.object({ id: z.number().int() }).meta({ id: "RegisterSaved" });
