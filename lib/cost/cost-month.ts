import type { AllocationMethod, CostComponent, DayAllocation } from "@/lib/cost/allocation-book";
import type { AmountUnits } from "@/lib/cost/amount-units";
import type { CostBasis } from "@/lib/cost/cost-basis";
import { UNALLOCATED_KEY } from "@/lib/domain/cost-rollup";
import { daysInMonth, type PlainDate, plainDateParts } from "@/lib/domain/plain-date";

/** Amounts of a month's days, first day first; null where there is none (which is not zero). */
export type MonthAmounts = readonly (AmountUnits | null)[];

/** A broker's month, one per component, currency, basis and method. */
export interface BrokerMonth {
  brokerKey: string;
  component: CostComponent;
  currency: string;
  basis: CostBasis;
  method: AllocationMethod;
  amounts: MonthAmounts;
}

/** What a broker's cost of a day is filed under. */
export interface CostKeys {
  region: string;
  engine: string;
  environment: string;
  owner: string;
}

/** An account's month by the finest keys. `ambiguous` is the part of `amounts` that is; null without any. */
export interface RollupLeaf extends CostKeys {
  component: CostComponent;
  currency: string;
  amounts: MonthAmounts;
  ambiguous: MonthAmounts | null;
}

/** Collects an account's allocated days of one month into the rows that are stored. */
export interface CostMonth {
  /**
   * `keysOf` answers region, engine, environment and owner of a broker on that day. It may answer the same object again and again: keys are told
   * apart by content, but recognised faster by identity.
   */
  addDay(day: PlainDate, allocation: DayAllocation, keysOf: (brokerKey: string) => CostKeys): void;
  close(): { brokers: readonly BrokerMonth[]; leaves: readonly RollupLeaf[] };
}

const UNALLOCATED: CostKeys = {
  region: UNALLOCATED_KEY,
  engine: UNALLOCATED_KEY,
  environment: UNALLOCATED_KEY,
  owner: UNALLOCATED_KEY,
};

/** An empty month; `month` is any of its days. */
export function newCostMonth(month: PlainDate): CostMonth {
  const length = daysInMonth(month);
  const blank = (): (AmountUnits | null)[] => new Array<AmountUnits | null>(length).fill(null);
  const brokers = new Map<string, Mutable<BrokerMonth>[]>();
  const leaves = new Map<string, Mutable<RollupLeaf>[]>();
  const leavesByIdentity = new Map<CostKeys, Mutable<RollupLeaf>[]>();

  const leavesOf = (keys: CostKeys): Mutable<RollupLeaf>[] => {
    let found = leavesByIdentity.get(keys);
    if (!found) {
      const text = JSON.stringify([keys.region, keys.engine, keys.environment, keys.owner]);
      found = leaves.get(text) ?? [];
      leaves.set(text, found);
      leavesByIdentity.set(keys, found);
    }
    return found;
  };
  const file = (
    index: number,
    keys: CostKeys,
    share: { component: CostComponent; currency: string; units: AmountUnits },
    isAmbiguous: boolean,
  ) => {
    const { component, currency, units } = share;
    const ofKeys = leavesOf(keys);
    let leaf = ofKeys.find((each) => each.component === component && each.currency === currency);
    if (!leaf) {
      const { region, engine, environment, owner } = keys;
      leaf = { region, engine, environment, owner, component, currency, amounts: blank(), ambiguous: null };
      ofKeys.push(leaf);
    }
    leaf.amounts[index] = (leaf.amounts[index] ?? 0n) + units;
    if (isAmbiguous) {
      leaf.ambiguous ??= blank();
      leaf.ambiguous[index] = (leaf.ambiguous[index] ?? 0n) + units;
    }
  };

  return {
    addDay(day, allocation, keysOf) {
      const index = plainDateParts(day).day - 1;
      for (const share of allocation.shares) {
        const { brokerKey, component, currency, basis, method, units } = share;
        let rows = brokers.get(brokerKey);
        if (!rows) {
          rows = [];
          brokers.set(brokerKey, rows);
        }
        let row = rows.find(
          (r) => r.component === component && r.basis === basis && r.method === method && r.currency === currency,
        );
        if (!row) {
          row = { brokerKey, component, currency, basis, method, amounts: blank() };
          rows.push(row);
        }
        row.amounts[index] = (row.amounts[index] ?? 0n) + units;
        file(index, keysOf(brokerKey), share, basis === "ambiguous");
      }
      for (const left of allocation.unplaced) file(index, UNALLOCATED, left, false);
    },
    close: () => ({ brokers: [...brokers.values()].flat(), leaves: [...leaves.values()].flat() }),
  };
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends MonthAmounts
    ? (AmountUnits | null)[]
    : T[K] extends MonthAmounts | null
      ? (AmountUnits | null)[] | null
      : T[K];
};
