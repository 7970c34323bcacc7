import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { StepState } from "@/lib/domain/plan";
import { WINDOW_MINUTES } from "@/lib/remediation/maintenance-window";

export interface StepStanding {
  key: string;
  state: StepState;
  plannedOn: PlainDate | null;
  windowAt: Date | null;
  dependsOn: readonly string[];
}

export interface PlanProgress {
  /** Steps that are done, of those that are not skipped. */
  done: number;
  total: number;
  overdue: number;
  /** Day of the last step that is not done; null where all are, or none has a day. */
  endsOn: PlainDate | null;
}

/** A step is overdue when its window is over, or its day, and nobody has seen or said that it is done. */
export function isOverdue({ state, plannedOn, windowAt }: Omit<StepStanding, "key" | "dependsOn">, now: Date): boolean {
  if (state !== "open") return false;
  if (windowAt) return now.getTime() >= windowAt.getTime() + WINDOW_MINUTES * 60_000;
  return plannedOn !== null && plannedOn < plainDateFromInstantUtc(now);
}

/** Titles of the steps a step waits for; empty when it can be done. */
export function waitingFor(
  step: Pick<StepStanding, "dependsOn">,
  all: readonly Pick<StepStanding, "key" | "state">[],
): readonly string[] {
  return all.filter(({ key, state }) => state === "open" && step.dependsOn.includes(key)).map(({ key }) => key);
}

export function progressOf(steps: readonly StepStanding[], now: Date): PlanProgress {
  const counted = steps.filter(({ state }) => state !== "skipped");
  const open = counted.filter(({ state }) => state === "open");
  const days = open.flatMap(({ plannedOn }) => plannedOn ?? []).sort();
  return {
    done: counted.length - open.length,
    total: counted.length,
    overdue: open.filter((one) => isOverdue(one, now)).length,
    endsOn: days.at(-1) ?? null,
  };
}
