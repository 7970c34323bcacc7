import { Gauge, Registry } from "prom-client";
import type { Ctx } from "@/lib/services/ctx";
import { readKpis } from "@/lib/services/read/read-kpis";
import { readOverview } from "@/lib/services/read/read-overview";

/**
 * Figures of the whole fleet in Prometheus's text format: the same numbers that the API gives, as gauges. What is unknown has no sample, so that an
 * alert can ask for its absence instead of being told 0.
 */
export async function prometheusMetrics({ ctx }: { ctx: Ctx }): Promise<Response> {
  const [overview, kpis] = await Promise.all([readOverview({ ctx, input: {} }), readKpis({ ctx, input: {} })]);
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `mq_steward_${name}`, help, labelNames, registers: [registry] });

  const { everSynced, lastFinishedAt, running, stale, incompleteTotal } = kpis.freshness;
  if (everSynced) {
    const brokers = gauge(
      "brokers",
      "Brokers that are not gone, by engine; replicas and those not in service among them",
      ["engine"],
    );
    for (const [engine, count] of Object.entries(overview.brokers.byEngine)) brokers.set({ engine }, count);
    const findings = gauge("findings_open", "Findings that are not closed, by severity; accepted ones among them", [
      "severity",
    ]);
    for (const [severity, count] of Object.entries(overview.findings.bySeverity)) findings.set({ severity }, count);
    gauge("findings_overdue", "Findings that are not closed on or after their due day").set(overview.findings.overdue);
    gauge("inventory_stale", "Whether inventory older than three days is among the data").set(stale ? 1 : 0);
    gauge("sync_scopes_incomplete", "Scopes whose last outcome was not complete").set(incompleteTotal);
  }

  const values = gauge("kpi_value", "Value of a KPI in its own unit; absent while it is unknown", [
    "kpi",
    "series",
    "unit",
  ]);
  const unknowns = gauge("kpi_unknowns", "What a KPI could not be computed for", ["kpi", "series"]);
  for (const { id, unit, values: series } of kpis.items) {
    for (const value of series) {
      if (value.value !== null) values.set({ kpi: id, series: value.series, unit }, Number(value.value));
      unknowns.set({ kpi: id, series: value.series }, value.unknowns);
    }
  }
  if (lastFinishedAt !== null)
    gauge("sync_last_finished_timestamp_seconds", "When the last sync ended, in seconds since 1970").set(
      Date.parse(lastFinishedAt) / 1000,
    );
  gauge("sync_running", "Whether a sync runs").set(running ? 1 : 0);
  return new Response(await registry.metrics(), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}
