import type { z } from "zod";
import type { brokerCostSeries } from "@/lib/contracts/brokers";
import { findBroker } from "@/lib/db/broker-queries";
import { costDayStates } from "@/lib/db/cost-queries";
import { brokerCostMonths, estimatedDaysOfBroker } from "@/lib/db/cost-report-queries";
import { AppError } from "@/lib/domain/errors";
import { Decimal, decimalToText } from "@/lib/domain/money";
import { addDays, daysOf, type PlainDate, parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { checkedInterval } from "@/lib/services/read/checked-interval";

const COMPONENTS = ["instance", "storage", "transfer", "other"] as const;
type Component = (typeof COMPONENTS)[number];
const DEFAULT_DAYS = 90;

/** In words, how shares were made, by method. */
const METHODS: Readonly<Record<string, string>> = {
  resource: "billed to this broker by name",
  hours: "shared out by the hours each candidate broker existed",
  "reported-usage": "shared out by reported storage use",
  "provisioned-size": "shared out by provisioned storage size",
};

/** Daily cost of a broker by component. A day without any amount is null: nothing is known to have been charged that day. Errors: not-found, invalid-input. */
export async function readBrokerCosts({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; from?: string | undefined; until?: string | undefined };
}): Promise<z.input<typeof brokerCostSeries>> {
  const broker = await findBroker(ctx.db, input.id);
  if (!broker) throw new AppError("not-found", `There is no broker ${input.id}.`);
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const interval = checkedInterval(
    input.from ? parsePlainDate(input.from) : addDays(today, -DEFAULT_DAYS),
    input.until ? parsePlainDate(input.until) : today,
  );
  const [rows, estimated, states] = await Promise.all([
    brokerCostMonths(ctx.db, broker.dbId, interval),
    estimatedDaysOfBroker(ctx.db, broker.dbId, interval),
    costDayStates(ctx.db, { account: [broker.accountId] }, interval),
  ]);
  // Currencies are never summed: the one of the broker's run rate is shown, else the first.
  const currency = broker.costCurrency ?? rows[0]?.currency ?? null;
  const mine = rows.filter((row) => row.currency === currency);
  const days = new Map<PlainDate, Partial<Record<Component, Decimal>>>();
  for (const row of mine) {
    const component = COMPONENTS.find((c) => c === row.component) ?? "other";
    row.amounts.forEach((amount, index) => {
      if (amount === null) return;
      const day = addDays(row.month, index);
      const entry = days.get(day) ?? {};
      entry[component] = (entry[component] ?? new Decimal(0)).plus(amount);
      days.set(day, entry);
    });
  }
  const estimatedDays = new Set(estimated);
  let total = new Decimal(0);
  const out = daysOf(interval).map((day) => {
    const entry = days.get(day) ?? {};
    for (const amount of Object.values(entry)) total = total.plus(amount);
    const text = (component: Component) => {
      const amount = entry[component];
      return amount ? decimalToText(amount) : null;
    };
    return {
      day,
      instance: text("instance"),
      storage: text("storage"),
      transfer: text("transfer"),
      other: text("other"),
      estimated: estimatedDays.has(day),
    };
  });
  const bases = [...new Set(mine.map((row) => row.basis))].sort();
  const methods = [...new Set(mine.map((row) => METHODS[row.method] ?? row.method))];
  const unread = states.missing.size;
  return {
    currency,
    days: out,
    total: currency && mine.length > 0 ? { amount: decimalToText(total), currency } : null,
    basis: bases.length > 0 ? bases.join(", ") : null,
    explanation:
      mine.length === 0
        ? "No cost could be placed on this broker in these days."
        : `Amazon MQ service charges, ${methods.join("; ")}.${bases.includes("ambiguous") ? " Part is ambiguous: the usage type does not prove engine or deployment mode." : ""}${unread > 0 ? ` ${unread} ${unread === 1 ? "day was" : "days were"} not read.` : ""}`,
  };
}
