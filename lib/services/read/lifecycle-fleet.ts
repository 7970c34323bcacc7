import type { CutQuery } from "@/lib/contracts/common";
import { cutFleet } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot, KpiBroker } from "@/lib/kpis/define-kpi";
import { type KpiScope, kpiScope } from "@/lib/kpis/kpi-scope";
import { type InstanceTypeStatus, instanceTypeStatus } from "@/lib/lifecycle/instance-type-status";
import {
  engineLineId,
  instanceTypeId,
  type LifecycleEntry,
  lifecycleTimeline,
} from "@/lib/lifecycle/lifecycle-timeline";
import type { Ctx } from "@/lib/services/ctx";
import { cachedFleetFacts } from "@/lib/services/fleet-cache";
import { currentReference, fleetCutOf, fleetSnapshotAt } from "@/lib/services/kpis-of-cut";

/** A broker in scope with what it runs, by the ids of the timeline. */
export interface LifecycleBroker extends KpiBroker {
  lineId: string;
  typeId: string;
  typeSupport: InstanceTypeStatus;
}

/** The brokers in scope of a cut, and every engine line and instance type that is in the calendar or that they run. */
export async function lifecycleFleet({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<{
  snapshot: FleetSnapshot;
  scope: KpiScope;
  brokers: readonly LifecycleBroker[];
  entries: readonly LifecycleEntry[];
}> {
  const [facts, reference] = await Promise.all([cachedFleetFacts({ ctx }), currentReference({ ctx })]);
  const { calendar } = reference;
  const snapshot = cutFleet(fleetSnapshotAt(facts, ctx.clock.now(), null, reference), fleetCutOf(input));
  const on = snapshot.today;
  const scope = kpiScope(snapshot);
  const statuses = new Map<string, InstanceTypeStatus>();
  const brokers = scope.brokers.map((broker): LifecycleBroker => {
    const engine = broker.snapshot.attributes.engine ?? null;
    const instanceType = broker.snapshot.attributes.instanceType ?? null;
    const typeId = instanceTypeId(engine, instanceType);
    const typeSupport = statuses.get(typeId) ?? instanceTypeStatus({ engine, instanceType, calendar, on });
    statuses.set(typeId, typeSupport);
    return { ...broker, lineId: engineLineId(engine, broker.support.line), typeId, typeSupport };
  });
  const inUse = new Map(
    brokers.map(({ lineId, typeId, support, snapshot: { attributes } }) => [
      `${lineId} ${typeId}`,
      {
        engine: attributes.engine ?? null,
        line: support.line,
        instanceType: attributes.instanceType ?? null,
      },
    ]),
  );
  return { snapshot, scope, brokers, entries: lifecycleTimeline({ inUse: [...inUse.values()], calendar, on }) };
}
