import type { z } from "zod";
import type { CutQuery } from "@/lib/contracts/common";
import type { ExposureGroupView, lifecycleView } from "@/lib/contracts/lifecycle";
import { decimalToText, sumByCurrency } from "@/lib/domain/money";
import { brokerKey } from "@/lib/kpis/cut-fleet";
import { groupBy } from "@/lib/kpis/group-by";
import { type Exposure, exposureByQuarter, quartersFrom, type SupportEnd } from "@/lib/lifecycle/exposure-by-quarter";
import type { LifecycleEntry } from "@/lib/lifecycle/lifecycle-timeline";
import type { Ctx } from "@/lib/services/ctx";
import { readFreshness } from "@/lib/services/read/freshness";
import { keyLabels } from "@/lib/services/read/key-labels";
import { type LifecycleBroker, lifecycleFleet } from "@/lib/services/read/lifecycle-fleet";
import { remembered } from "@/lib/services/read/remembered";

/** Quarters of the exposure: the running one and the next four. */
const QUARTERS = 5;

/** The timeline of engine lines and instance types with the brokers on them, and the exposure of the coming quarters. */
export function readLifecycle(call: { ctx: Ctx; input: CutQuery }): Promise<z.input<typeof lifecycleView>> {
  return remembered(call, "lifecycle", () => computeLifecycle(call));
}

async function computeLifecycle({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<z.input<typeof lifecycleView>> {
  const [{ snapshot, scope, brokers, entries }, freshness, ownerLabel] = await Promise.all([
    lifecycleFleet({ ctx, input }),
    readFreshness({ ctx }),
    keyLabels(ctx, "owner"),
  ]);
  const byEntry = groupBy(
    brokers.flatMap((broker) => [broker.lineId, broker.typeId].map((id) => ({ id, broker }))),
    ({ id }) => id,
  );
  const quarters = quartersFrom(snapshot.today, snapshot.fiscalYearStartMonth ?? 1, QUARTERS);
  const exposureOf = (support: (broker: LifecycleBroker) => SupportEnd) =>
    exposureByQuarter(brokers, quarters, { support, isStale: ({ stale }) => stale });
  const lines = exposureOf(({ support }) => support);
  const types = exposureOf(({ typeSupport }) => typeSupport);
  return {
    today: snapshot.today,
    entries: entries.map((entry) => entryView(entry, byEntry.get(entry.id)?.map(({ broker }) => broker) ?? [])),
    exposure: {
      engineLines: groupsOf(lines, ({ lineId }) => lineId),
      instanceTypes: groupsOf(types, ({ typeId }) => typeId),
    },
    brokers: brokers.length,
    exclusions: [...scope.exclusions],
    caveats: [...scope.caveats],
    owners: [...groupBy(brokers, (broker) => brokerKey(broker, "owner"))]
      .map(([key, owned]) => ({ key, label: ownerLabel(key), brokers: owned.length }))
      .sort((a, b) => a.label.localeCompare(b.label, "en") || (a.key < b.key ? -1 : 1)),
    asOf: snapshot.now.toISOString(),
    freshness,
  };
}

function entryView(
  entry: LifecycleEntry,
  brokers: readonly LifecycleBroker[],
): z.input<typeof lifecycleView>["entries"][number] {
  // No environment has a space in its name.
  const cells = groupBy(brokers, (broker) => `${brokerKey(broker, "environment")} ${brokerKey(broker, "owner")}`);
  return {
    ...entry,
    upstreamEnds: [...entry.upstreamEnds],
    brokers: brokers.length,
    staleBrokers: brokers.filter(({ stale }) => stale).length,
    cells: [...cells].sort(byKey).flatMap(([, group]) => {
      const [first] = group;
      if (!first) return [];
      const [owner, environment] = [brokerKey(first, "owner"), brokerKey(first, "environment")];
      return [{ owner, environment, brokers: group.length }];
    }),
  };
}

/** The groups in order of urgency; quarters always, others only where they have brokers. */
function groupsOf(exposure: Exposure<LifecycleBroker>, idOf: (broker: LifecycleBroker) => string): ExposureGroupView[] {
  const group = (
    kind: ExposureGroupView["kind"],
    items: readonly LifecycleBroker[],
    more: Partial<Pick<ExposureGroupView, "quarter" | "knowable" | "notKnowableFrom">> = {},
  ): ExposureGroupView => ({
    kind,
    quarter: null,
    knowable: null,
    notKnowableFrom: null,
    ...more,
    brokers: items.length,
    brokersWithoutCost: items.filter(({ monthlyCost }) => !monthlyCost).length,
    // The run rate of those with a known cost; the others are counted beside it.
    spend: sumByCurrency(items.flatMap(({ monthlyCost }) => monthlyCost ?? [])).map(({ amount, currency }) => ({
      amount: decimalToText(amount),
      currency,
    })),
    parts: [...groupBy(items, idOf)].sort(byKey).map(([id, brokers]) => ({ id, brokers: brokers.length })),
  });
  const wherever = (kind: ExposureGroupView["kind"], items: readonly LifecycleBroker[]) =>
    items.length > 0 ? [group(kind, items)] : [];
  return [
    ...wherever("past-end-of-support", exposure.pastEndOfSupport),
    ...exposure.quarters.map(({ name, start, endExclusive, items, knowable }) =>
      group("ends-in-quarter", items, {
        quarter: { name, start, endExclusive },
        knowable,
        notKnowableFrom: exposure.notKnowableFrom,
      }),
    ),
    ...wherever("ends-later", exposure.later),
    ...wherever("no-end-published", exposure.noEndPublished),
    ...wherever("unknown", exposure.unknown),
    ...wherever("stale", exposure.stale),
  ];
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
