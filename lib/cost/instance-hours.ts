import type { BrokerOnDay, InstanceStay } from "@/lib/cost/broker-on-day";
import { type Candidates, isStayOf } from "@/lib/cost/usage-candidates";
import type { UsageType } from "@/lib/reference/usage-type";

/** An instance line with the brokers it can stand for. */
export interface InstanceLine {
  usage: UsageType;
  currency: string;
  candidates: Candidates;
  /** Billed broker-hours in milliseconds; zero for a mere correction of the amount, null when not told. */
  quantityMs: bigint | null;
}

/** By what a line's amount is cut: a weight per candidate, in their order, and one for hours that no known broker can have used. */
export interface LineHours {
  weights: readonly bigint[];
  unknownWeight: bigint;
}

const HOUR_MS = 3_600_000n;

/**
 * Which broker-hours each line stands for. AWS bills a broker-hour once: lines are served from the most specific to the vaguest, each from the
 * hours still free. So an active/standby broker whose hours stand in their own line takes no share of a line that does not say its mode.
 * `periodMs` is the part of the day that the bill covers.
 */
export function instanceHours<L extends InstanceLine>(
  lines: readonly L[],
  periodMs: number,
): { line: L; hours: LineHours }[] {
  const ledger: HoursLedger = new Map();
  const inOrder = lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => vagueness(a.line) - vagueness(b.line) || a.index - b.index);
  return inOrder.map(({ line }) => ({ line, hours: serve(line, ledger, periodMs) }));
}

function vagueness({ usage }: InstanceLine): number {
  const rank = { proved: 0, inferred: 1, unknown: 2 } as const;
  return 3 * rank[usage.deploymentMode.certainty] + rank[usage.engine.certainty];
}

interface FreeHours {
  sure: bigint;
  possible: bigint;
}

/** Hours that no line has claimed yet, by currency and stay. */
type HoursLedger = Map<string, Map<InstanceStay, FreeHours>>;

/** What a line can take of one broker. */
interface Claim {
  /** Existing with the line's type, claimed by other lines or not. */
  existing: bigint;
  sure: bigint;
  possible: bigint;
  free: FreeHours[];
}

function serve(line: InstanceLine, ledger: HoursLedger, periodMs: number): LineHours {
  const { quantityMs } = line;
  const free = ledger.get(line.currency) ?? new Map<InstanceStay, FreeHours>();
  ledger.set(line.currency, free);
  const claims = line.candidates.brokers.map((broker) => claimOf(line, broker, free));
  const sure = claims.reduce((sum, claim) => sum + claim.sure, 0n);
  const possible = claims.reduce((sum, claim) => sum + claim.possible, 0n);
  const unclaimed = sure + possible;

  let weightOf = (claim: Claim) => (unclaimed > 0n ? claim.sure + claim.possible : claim.existing);
  let unknownWeight = 0n;
  if (quantityMs !== null && quantityMs > 0n) {
    if (quantityMs <= sure) weightOf = (claim) => claim.sure;
    else if (quantityMs < unclaimed) {
      // The hours billed tell how much of the merely possible time was real: the same part of everybody's.
      weightOf = (claim) => claim.sure * possible + claim.possible * (quantityMs - sure);
    } else {
      // AWS rounds a started hour up: a broker that did not exist all the time may be billed up to an hour more.
      const partial = claims.filter((claim) => claim.existing < BigInt(periodMs)).length;
      if (quantityMs - unclaimed > HOUR_MS * BigInt(partial)) {
        unknownWeight = quantityMs - unclaimed;
        weightOf = (claim) => claim.sure + claim.possible;
      }
    }
  }
  const weights = claims.map(weightOf);
  settle(claims, weights, unknownWeight, quantityMs);
  return { weights, unknownWeight };
}

function claimOf(line: InstanceLine, broker: BrokerOnDay, ledger: Map<InstanceStay, FreeHours>): Claim {
  const claim: Claim = { existing: 0n, sure: 0n, possible: 0n, free: [] };
  for (const stay of broker.stays) {
    if (!isStayOf(line.usage.instanceType.value, stay.instanceType)) continue;
    let free = ledger.get(stay);
    if (!free) {
      free = { sure: BigInt(stay.sureMs), possible: BigInt(stay.possibleMs) };
      ledger.set(stay, free);
    }
    claim.existing += BigInt(stay.sureMs + stay.possibleMs);
    claim.sure += free.sure;
    claim.possible += free.possible;
    claim.free.push(free);
  }
  return claim;
}

/** Takes the served hours out of the ledger; a line that does not tell its quantity is taken to have used all of them. */
function settle(
  claims: readonly Claim[],
  weights: readonly bigint[],
  unknownWeight: bigint,
  quantityMs: bigint | null,
): void {
  const weightSum = weights.reduce((sum, weight) => sum + weight, unknownWeight);
  claims.forEach((claim, index) => {
    const weight = weights[index] ?? 0n;
    let used = quantityMs === null ? claim.sure + claim.possible : (quantityMs * weight + weightSum - 1n) / weightSum;
    for (const free of claim.free) {
      const sure = used < free.sure ? used : free.sure;
      free.sure -= sure;
      used -= sure;
    }
    for (const free of claim.free) {
      const possible = used < free.possible ? used : free.possible;
      free.possible -= possible;
      used -= possible;
    }
  });
}
