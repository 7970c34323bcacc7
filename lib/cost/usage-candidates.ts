import type { BrokerOnDay } from "@/lib/cost/broker-on-day";
import type { CostBasis } from "@/lib/cost/cost-basis";
import type { UsageType } from "@/lib/reference/usage-type";

/** The brokers that can have produced a usage type, and how far the usage type proves it. */
export interface Candidates {
  brokers: readonly BrokerOnDay[];
  basis: Extract<CostBasis, "allocated" | "ambiguous">;
}

type Match = "yes" | "maybe" | "no";

/**
 * Brokers whose known attributes agree with the usage type. One of which an attribute was never observed counts only where no other does, and
 * then the result is ambiguous. So it is where the usage type does not itself say the engine (or, for instance hours, the mode): a value that
 * is merely inferred narrows the candidates, but proves nothing. `brokers` must be sorted; the order is kept.
 */
export function candidatesFor(usage: UsageType, brokers: readonly BrokerOnDay[]): Candidates {
  const sure: BrokerOnDay[] = [];
  const possible: BrokerOnDay[] = [];
  for (const broker of brokers) {
    const match = matchOf(usage, broker);
    if (match === "yes") sure.push(broker);
    else if (match === "maybe") possible.push(broker);
  }
  const proved =
    usage.engine.certainty === "proved" && (usage.kind !== "instance" || usage.deploymentMode.certainty === "proved");
  if (sure.length > 0) return { brokers: sure, basis: proved ? "allocated" : "ambiguous" };
  return { brokers: possible, basis: "ambiguous" };
}

/** Whether a stay's instance type is the line's; null (never observed) is decided by `candidatesFor`. */
export function isStayOf(instanceType: string | null, stayType: string | null): boolean {
  return stayType === null || instanceType === null || stayType.toLowerCase() === instanceType;
}

function matchOf(usage: UsageType, broker: BrokerOnDay): Match {
  if (usage.region.value !== broker.region) return "no";
  const engine = agree(usage.engine.value, broker.engine);
  if (engine === "no") return "no";
  let also: Match = "yes";
  let type: Match = "yes";
  if (usage.kind === "storage") also = agree(usage.storageType.value, broker.storageType);
  else if (usage.kind === "instance") {
    also = agree(usage.deploymentMode.value, broker.deploymentMode);
    type = typeMatch(usage.instanceType.value, broker);
  }
  if (also === "no" || type === "no") return "no";
  return engine === "yes" && also === "yes" && type === "yes" ? "yes" : "maybe";
}

function agree(said: string | null, observed: string | null): Match {
  if (said === null) return "yes";
  if (observed === null) return "maybe";
  return said === observed ? "yes" : "no";
}

function typeMatch(instanceType: string | null, broker: BrokerOnDay): Match {
  let result: Match = "no";
  for (const stay of broker.stays) {
    if (stay.sureMs + stay.possibleMs === 0) continue;
    if (stay.instanceType !== null && isStayOf(instanceType, stay.instanceType)) return "yes";
    if (stay.instanceType === null) result = "maybe";
  }
  return result;
}

/** Order by code units: total, and the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
