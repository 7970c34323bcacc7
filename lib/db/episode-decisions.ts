import { z } from "zod";
import { type EpisodeState, SEVERITIES } from "@/lib/domain/finding";
import { isPlainDate } from "@/lib/domain/plain-date";

/** What people decided about an episode, as its JSON column holds it. */
export type EpisodeDecisions = Pick<EpisodeState, "acknowledgement" | "request" | "acceptance" | "fixClaim">;

const instant = z.iso.datetime().transform((text) => new Date(text));
const day = z.string().refine(isPlainDate);
const person = z.object({ id: z.string().nullable(), name: z.string() });

const schema = z.object({
  acknowledgement: z
    .object({ by: person, at: instant, assignee: z.string(), note: z.string(), targetOn: day })
    .nullish()
    .transform((value) => value ?? null),
  request: z
    .object({
      kind: z.enum(["accepted", "false-positive"]),
      by: person,
      at: instant,
      reason: z.string(),
      expiresOn: day.nullable(),
      from: z.enum(["open", "acknowledged", "in-progress"]),
    })
    .nullish()
    .transform((value) => value ?? null),
  acceptance: z
    .object({
      kind: z.enum(["accepted", "false-positive"]),
      reason: z.string(),
      requestedBy: person,
      approvedBy: person,
      approvedAt: instant,
      expiresAt: instant.nullable(),
      severity: z.enum(SEVERITIES),
      grade: z.number().nullable(),
      pausedFrom: day.nullable(),
    })
    .nullish()
    .transform((value) => value ?? null),
  fixClaim: z
    .object({ by: person, at: instant, note: z.string() })
    .nullish()
    .transform((value) => value ?? null),
});

/** Reads the column, checked. */
export function readDecisions(json: unknown): EpisodeDecisions {
  return schema.parse(json ?? {});
}

/** What the column is to hold: only what there is. */
export function decisionsOf({ acknowledgement, request, acceptance, fixClaim }: EpisodeState): EpisodeDecisions {
  return {
    ...(acknowledgement ? { acknowledgement } : {}),
    ...(request ? { request } : {}),
    ...(acceptance ? { acceptance } : {}),
    ...(fixClaim ? { fixClaim } : {}),
  };
}
