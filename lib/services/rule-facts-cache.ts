import { dataVersion } from "@/lib/db/fleet-queries";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { loadRuleFacts, type RuleFacts } from "@/lib/services/load-rule-facts";

interface Entry {
  version: bigint;
  day: string;
  facts: Promise<RuleFacts>;
}

// One per database handle, so that tests with several databases in one process do not mix.
const entries = new WeakMap<object, Entry>();

/** The fleet's facts for rules, loaded again only when a sync or an evaluation changed them (data version "fleet") or the day turned. */
export async function cachedRuleFacts({ ctx }: { ctx: Ctx }): Promise<RuleFacts> {
  const version = await dataVersion(ctx.db, "fleet");
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const entry = entries.get(ctx.db);
  if (entry && entry.version === version && entry.day === today) return entry.facts;
  const facts = loadRuleFacts(ctx.db, { today });
  entries.set(ctx.db, { version, day: today, facts });
  facts.catch(() => entries.delete(ctx.db));
  return facts;
}
