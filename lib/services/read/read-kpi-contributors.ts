import type { z } from "zod";
import type { kpiContributors, kpiContributorsQuery } from "@/lib/contracts/kpis";
import { strangeCursor } from "@/lib/db/keyset-page";
import { engineDisplayName } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { CONTRIBUTOR_GROUPS, type FleetSnapshot, type KpiContributor } from "@/lib/kpis/define-kpi";
import { findKpi } from "@/lib/kpis/registry";
import { findRule } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { fleetSnapshotOf } from "@/lib/services/kpis-of-cut";
import { remembered } from "@/lib/services/read/remembered";

type Query = z.output<typeof kpiContributorsQuery> & { id: string };
type Page = z.input<typeof kpiContributors>;
type Item = Page["items"][number];

/** What is behind a figure, one by one: exactly what counts, what does not, what is not known and what is left out. Errors: not-found, invalid-input. */
export function readKpiContributors(call: { ctx: Ctx; input: Query }): Promise<Page> {
  return remembered(call, "kpi-contributors", () => listContributors(call));
}

async function listContributors({ ctx, input }: { ctx: Ctx; input: Query }): Promise<Page> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  if (input.cursor !== undefined && !/^\d{1,9}$/.test(input.cursor)) throw strangeCursor();
  const { account, region, engine, environment, owner } = input;
  const snapshot = await fleetSnapshotOf({ ctx, input: { account, region, engine, environment, owner } });
  const all = kpi.contributors(snapshot).filter(({ series }) => input.series === undefined || series === input.series);
  const counts = Object.fromEntries(
    CONTRIBUTOR_GROUPS.map((group) => [group, all.filter((contributor) => contributor.group === group).length]),
  );
  const label = labeller(snapshot);
  const wanted = all.filter(({ group }) => input.group === undefined || group === input.group);
  const start = Number(input.cursor ?? 0);
  const page = wanted.slice(start, start + input.limit);
  const end = start + page.length;
  return {
    id: kpi.id,
    counts: {
      numerator: counts.numerator ?? 0,
      "not-in-numerator": counts["not-in-numerator"] ?? 0,
      unknown: counts.unknown ?? 0,
      excluded: counts.excluded ?? 0,
    },
    items: page.map(label),
    total: wanted.length,
    nextCursor: end < wanted.length ? String(end) : null,
    asOf: snapshot.now.toISOString(),
  };
}

function labeller(snapshot: FleetSnapshot): (contributor: KpiContributor) => Item {
  const names = new Map(snapshot.brokers.map(({ id, snapshot: { attributes } }) => [id, attributes.name]));
  return ({ subject, series, group, reason, amount }) => ({
    series,
    group,
    reason,
    amount,
    ...subjectOf(subject, names),
  });
}

function subjectOf(
  subject: KpiContributor["subject"],
  names: ReadonlyMap<number, string>,
): Pick<Item, "kind" | "key" | "label" | "detail"> {
  switch (subject.kind) {
    case "broker": {
      const { brokerId, attributes, accountId, region, environment, owner } = subject.broker.snapshot;
      const engine = attributes.engine ? engineDisplayName(attributes.engine) : "Engine not known";
      const parts = [`${engine} ${attributes.engineVersion ?? ""}`.trim(), accountId, region, environment.environment];
      return {
        kind: "broker",
        key: brokerId,
        label: attributes.name,
        detail: [...parts, owner.display ?? "no owner"].join(", "),
      };
    }
    case "episode": {
      const { findingId, ruleId, discriminator, brokerId, accountId, severity, openedAt, closedAt } = subject.episode;
      const days = `${day(openedAt)} to ${closedAt ? day(closedAt) : "today"}`;
      return {
        kind: "episode",
        key: String(findingId),
        label: [findRule(ruleId)?.title ?? ruleId, discriminator].filter((text) => text !== "").join(": "),
        detail: [brokerId === null ? accountId : names.get(brokerId), severity, days].filter((text) => text).join(", "),
      };
    }
    case "incident":
      return {
        kind: "incident",
        key: String(subject.incident.id),
        label: subject.incident.title,
        detail: `${day(subject.incident.startedAt)}, ${subject.incident.cause}`,
      };
    case "drill":
      return {
        kind: "drill",
        key: String(subject.drill.id),
        label: `Drill of ${subject.drill.plannedOn}`,
        detail: subject.drill.brokers.map(({ id }) => names.get(id) ?? `broker ${id}`).join(", "),
      };
    case "cost-day":
      return { kind: "cost-day", key: subject.day.day, label: subject.day.day, detail: subject.day.currency };
  }
}

function day(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
