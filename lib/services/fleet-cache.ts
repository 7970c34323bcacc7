import { dataVersion } from "@/lib/db/fleet-queries";
import type { Ctx } from "@/lib/services/ctx";
import { type FleetFacts, loadFleetFacts } from "@/lib/services/load-fleet";

interface Entry {
  version: bigint;
  day: string;
  facts: Promise<FleetFacts>;
}

// One per database handle, so that tests with several databases in one process do not mix.
const entries = new WeakMap<object, Entry>();

/**
 * The fleet's facts, read again only when a sync, an evaluation or a person changed them (data version "fleet") or the day turned.
 * Ages and support states are computed at request time, so a cached fact is never taken for a fresh one.
 */
export async function cachedFleetFacts({ ctx }: { ctx: Ctx }): Promise<FleetFacts> {
  const version = await dataVersion(ctx.db, "fleet");
  const day = ctx.clock.now().toISOString().slice(0, 10);
  const entry = entries.get(ctx.db);
  if (entry && entry.version === version && entry.day === day) return entry.facts;
  const facts = loadFleetFacts({ ctx });
  entries.set(ctx.db, { version, day, facts });
  facts.catch(() => entries.delete(ctx.db));
  return facts;
}
