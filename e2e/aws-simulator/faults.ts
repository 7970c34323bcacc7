import { z } from "zod";
import { unit } from "./organisation/seeded";

/** What can be made to go wrong. `truncate` lets a listing's first pages through and fails from there on. */
export const faultKinds = [
  "deny",
  "throttle",
  "error5xx",
  "hang",
  "cut",
  "malformed",
  "unknown-operation",
  "truncate",
  "not-found",
  "region-disabled",
  "expired-token",
  "no-subscription",
] as const;

export const faultSchema = z.strictObject({
  id: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  service: z
    .enum(["mq", "ce", "monitoring", "sts", "organizations", "ec2", "cloudtrail", "health", "pricing", "sns"])
    .optional(),
  operation: z.string().optional(),
  kind: z.enum(faultKinds),
  /** Share of the matching requests that fail, drawn from a fixed sequence; 1 when absent. */
  probability: z.number().min(0).max(1).optional(),
  /** How many requests fail before the fault wears off; for ever when absent. */
  times: z.int().positive().optional(),
  /** `truncate`: how many pages get through; 1 when absent. */
  afterPages: z.int().nonnegative().optional(),
});

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault["kind"];

export interface FaultSubject {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly page: number;
}

interface ActiveFault {
  readonly id: string;
  readonly fault: Fault;
  hits: number;
  seen: number;
}

/** The faults in force, first match wins. */
export class Faults {
  private active: ActiveFault[] = [];
  private count = 0;

  get any(): boolean {
    return this.active.length > 0;
  }

  add(faults: readonly Fault[]): string[] {
    return faults.map((fault) => {
      this.count += 1;
      const id = fault.id ?? `fault-${this.count}`;
      this.active.push({ id, fault, hits: 0, seen: 0 });
      return id;
    });
  }

  /** Removes all faults, or those with one of the ids. */
  remove(ids?: readonly string[]): void {
    this.active = ids ? this.active.filter((entry) => !ids.includes(entry.id)) : [];
  }

  list(): { id: string; fault: Fault; hits: number }[] {
    return this.active.map(({ id, fault, hits }) => ({ id, fault, hits }));
  }

  /** The fault that strikes this request, if any. */
  strike(subject: FaultSubject): Fault | undefined {
    for (const entry of this.active) {
      const { fault } = entry;
      if (fault.account !== undefined && fault.account !== subject.account) continue;
      if (fault.region !== undefined && fault.region !== subject.region) continue;
      if (fault.service !== undefined && fault.service !== subject.service) continue;
      if (fault.operation !== undefined && fault.operation !== subject.operation) continue;
      if (fault.kind === "truncate" && subject.page < (fault.afterPages ?? 1)) continue;
      if (fault.times !== undefined && entry.hits >= fault.times) continue;
      entry.seen += 1;
      if (fault.probability !== undefined && unit(entry.id.length + 17, entry.seen) >= fault.probability) continue;
      entry.hits += 1;
      return fault;
    }
    return undefined;
  }
}
