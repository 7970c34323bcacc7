import { type AmountUnits, toAmountUnits } from "@/lib/cost/amount-units";
import type { CostBasis } from "@/lib/cost/cost-basis";
import { compareText } from "@/lib/cost/usage-candidates";
import type { Decimal } from "@/lib/domain/money";
import type { UsageKind } from "@/lib/reference/usage-type";

export type CostComponent = UsageKind;
/** What a share was cut by: nothing (`resource`), hours existing, GB reported by metrics, GB provisioned. */
export type AllocationMethod = "resource" | "hours" | "reported-usage" | "provisioned-size";

/** A broker's share of a day, in units of 10^-18 of the currency. One per broker, component, basis, method and currency. */
export interface BrokerShare {
  brokerKey: string;
  component: CostComponent;
  basis: CostBasis;
  method: AllocationMethod;
  currency: string;
  units: AmountUnits;
}

export type UnplacedReason =
  | "unknown-usage-type"
  | "unknown-region"
  | "no-such-broker"
  | "hours-of-unknown-brokers"
  | "unknown-resource";

/** What could not be placed, and stays visible. */
export interface UnplacedShare {
  usageType: string;
  component: CostComponent;
  currency: string;
  units: AmountUnits;
  reason: UnplacedReason;
}

/** billed = allocated + ambiguous + unallocated, to the last digit. `allocated` includes what a source billed per resource. */
export interface DayTotals {
  currency: string;
  billed: AmountUnits;
  allocated: AmountUnits;
  ambiguous: AmountUnits;
  unallocated: AmountUnits;
  estimated: boolean;
}

export interface DayAllocation {
  /** In an order that depends on the inputs alone. */
  shares: readonly BrokerShare[];
  /** In an order that depends on the inputs alone. */
  unplaced: readonly UnplacedShare[];
  /** Ordered by currency. */
  totals: readonly DayTotals[];
}

/** Collects shares and leftovers of one day and adds them up. */
export interface AllocationBook {
  /** Counts a line as billed; returns its amount in units. */
  bill(line: { unblended: Decimal; currency: string; estimated: boolean }): AmountUnits;
  place(
    brokerKey: string,
    component: CostComponent,
    basis: CostBasis,
    method: AllocationMethod,
    line: { currency: string },
    units: AmountUnits,
  ): void;
  leave(
    line: { usageType: string; currency: string },
    component: CostComponent,
    units: AmountUnits,
    reason: UnplacedReason,
  ): void;
  close(): DayAllocation;
}

/** An empty book. */
export function newAllocationBook(): AllocationBook {
  const shares = new Map<string, BrokerShare[]>();
  const unplaced = new Map<string, UnplacedShare>();
  const totals = new Map<string, DayTotals>();
  const totalsOf = (currency: string): DayTotals => {
    let sums = totals.get(currency);
    if (!sums) {
      sums = { currency, billed: 0n, allocated: 0n, ambiguous: 0n, unallocated: 0n, estimated: false };
      totals.set(currency, sums);
    }
    return sums;
  };
  return {
    bill(line) {
      const sums = totalsOf(line.currency);
      const units = toAmountUnits(line.unblended);
      sums.billed += units;
      sums.estimated ||= line.estimated;
      return units;
    },
    place(brokerKey, component, basis, method, { currency }, units) {
      let ofBroker = shares.get(brokerKey);
      if (!ofBroker) {
        ofBroker = [];
        shares.set(brokerKey, ofBroker);
      }
      const share = ofBroker.find(
        (s) => s.component === component && s.basis === basis && s.method === method && s.currency === currency,
      );
      if (share) share.units += units;
      else ofBroker.push({ brokerKey, component, basis, method, currency, units });
      totalsOf(currency)[basis === "ambiguous" ? "ambiguous" : "allocated"] += units;
    },
    leave({ usageType, currency }, component, units, reason) {
      const key = `${usageType}\n${reason}\n${currency}`;
      const left = unplaced.get(key);
      if (left) left.units += units;
      else unplaced.set(key, { usageType, component, currency, units, reason });
      totalsOf(currency).unallocated += units;
    },
    close: () => ({
      shares: [...shares.values()].flat(),
      unplaced: [...unplaced.values()],
      totals: valuesInKeyOrder(totals),
    }),
  };
}

/** Values of a map by its keys in code-unit order: total, whatever order they came in. */
export function valuesInKeyOrder<T>(entries: ReadonlyMap<string, T>): T[] {
  return [...entries].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}
