import type { z } from "zod";
import type { acknowledgeBody, decideBody, requestAcceptanceBody } from "@/lib/contracts/findings";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { HumanAct } from "@/lib/findings/act";

/** Bodies of the API as acts of the life cycle. */
export function acknowledgeAct({ assignee, note, targetOn }: z.output<typeof acknowledgeBody>): HumanAct {
  return { kind: "acknowledge", assignee, note, targetOn: parsePlainDate(targetOn) };
}

export function requestAct(body: z.output<typeof requestAcceptanceBody>): HumanAct {
  return body.kind === "accepted"
    ? { kind: "request-acceptance", reason: body.reason, expiresOn: parsePlainDate(body.expiresOn) }
    : { kind: "request-false-positive", reason: body.reason };
}

export function decideAct({ decision, note }: z.output<typeof decideBody>): HumanAct {
  return { kind: decision === "end" ? "end-acceptance" : decision, note };
}
