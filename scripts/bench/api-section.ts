import { chromium } from "@playwright/test";
import { ENDPOINTS, type EndpointName } from "@/lib/contracts/endpoints";
import { reportIssued } from "@/lib/contracts/reports";
import { queryObject } from "@/lib/http/route";
import type { Ctx } from "@/lib/services/ctx";
import { readAccounts } from "@/lib/services/read/read-accounts";
import { readBrokerFacets, readBrokers } from "@/lib/services/read/read-brokers";
import { readCosts } from "@/lib/services/read/read-costs";
import { readFindings } from "@/lib/services/read/read-findings";
import { readKpiHistory } from "@/lib/services/read/read-kpi-history";
import { readKpis } from "@/lib/services/read/read-kpis";
import { readLifecycle } from "@/lib/services/read/read-lifecycle";
import { readOverview } from "@/lib/services/read/read-overview";
import { readOwners } from "@/lib/services/read/read-owners";
import { readPlans } from "@/lib/services/read/read-plans";
import { readReferenceCalendar } from "@/lib/services/read/read-reference-calendar";
import { readRegister } from "@/lib/services/read/read-register";
import { readRules } from "@/lib/services/read/read-rules";
import { readSync, readSyncs } from "@/lib/services/read/read-syncs";
import { addAdministrator, signInAt, TEST_SECRET } from "@/lib/testing/add-administrator";
import { type Figure, quantile, rounded, type Section } from "@/scripts/bench/figure";
import { AS_OF, connectAll, runOnce, withFleet } from "@/scripts/bench/fleet";
import { barePool, concurrently, largeSequentialScans, recordingDatabase } from "@/scripts/bench/recorded-queries";
import { seedCosts, seedMetrics, seedSnapshots } from "@/scripts/bench/seed-history";
import { startWebServer } from "@/scripts/bench/web-server";

const CLIENTS = 8;
const REQUESTS = 160;
/** Requests before the measured ones: a server that has just started compiles what it runs. */
const WARM_UP = 40;
/** Requests whose answer nobody has asked for before. */
const ANEW = 20;
const LIMIT_MS = 100;
const LCP_LIMIT_MS = 1500;
const WHILE_DRAWING_LIMIT_MS = 200;

// biome-ignore format: one request a line
const REQUESTED: readonly { name: EndpointName; path: string; run: (ctx: Ctx, query: never) => Promise<unknown> }[] = [
  { name: "overview", path: "/overview", run: (ctx, input) => readOverview({ ctx, input }) },
  { name: "overview", path: "/overview?engine=RABBITMQ&environment=production", run: (ctx, input) => readOverview({ ctx, input }) },
  { name: "brokers", path: "/brokers", run: (ctx, input) => readBrokers({ ctx, input }) },
  { name: "brokers", path: "/brokers?sort=monthlyCost&order=desc&filter=engineVersion%3E%3D3.13&filter=name:bulk-0&limit=100", run: (ctx, input) => readBrokers({ ctx, input }) },
  { name: "brokers", path: "/brokers?filter=tag.team=payments&sort=openFindings&order=desc", run: (ctx, input) => readBrokers({ ctx, input }) },
  { name: "brokers", path: "/brokers?q=0042", run: (ctx, input) => readBrokers({ ctx, input }) },
  { name: "brokerFacets", path: "/brokers/facets", run: (ctx) => readBrokerFacets({ ctx }) },
  { name: "findings", path: "/findings", run: (ctx, input) => readFindings({ ctx, input }) },
  { name: "findings", path: "/findings?filter=severity=high&sort=openedAt&order=desc&region=us-east-1", run: (ctx, input) => readFindings({ ctx, input }) },
  { name: "kpis", path: "/kpis", run: (ctx, input) => readKpis({ ctx, input }) },
  { name: "kpis", path: "/kpis?account=500000000000&engine=ACTIVEMQ", run: (ctx, input) => readKpis({ ctx, input }) },
  { name: "lifecycle", path: "/lifecycle", run: (ctx, input) => readLifecycle({ ctx, input }) },
  { name: "kpiHistory", path: "/kpis/supported-versions/history", run: (ctx, input) => readKpiHistory({ ctx, input: { ...Object(input), id: "supported-versions" } }) },
  { name: "costs", path: "/costs", run: (ctx, input) => readCosts({ ctx, input }) },
  { name: "costs", path: "/costs?by=owner&granularity=month&engine=RABBITMQ", run: (ctx, input) => readCosts({ ctx, input }) },
  { name: "syncs", path: "/syncs", run: (ctx, input) => readSyncs({ ctx, input }) },
  { name: "sync", path: "/syncs/1?show=problems", run: (ctx, input) => readSync({ ctx, input: { ...Object(input), id: "1" } }) },
  { name: "owners", path: "/owners", run: (ctx) => readOwners({ ctx }) },
  { name: "rules", path: "/rules", run: (ctx) => readRules({ ctx }) },
  { name: "plans", path: "/plans", run: (ctx, input) => readPlans({ ctx, input }) },
  { name: "register", path: "/register", run: (ctx) => readRegister({ ctx }) },
  { name: "referenceCalendar", path: "/reference/calendar", run: (ctx) => readReferenceCalendar({ ctx }) },
  { name: "accounts", path: "/accounts", run: (ctx) => readAccounts({ ctx }) },
];

/** Endpoints and the overview page on a large, seeded database, from the production server; the same queries as bare SQL beside them. */
export function apiSection(brokers: number): Promise<Section> {
  return withFleet(["--bulk", `50,4,${brokers}`, "--no-throttle"], async ({ ctx, composition, databaseUrl }) => {
    await connectAll(ctx, 50);
    const synced = await runOnce(ctx);
    const costRows = await seedCosts(ctx, 400);
    const metricRows = await seedMetrics(ctx, 13);
    const snapshotRows = await seedSnapshots(ctx, 400);
    await ctx.db.execute(
      `INSERT INTO business_clock (id, instant, updated_at) VALUES (1, $1, $1) ON CONFLICT (id) DO UPDATE SET instant = EXCLUDED.instant`,
      new Date(AS_OF),
    );
    await ctx.db.execute("ANALYZE");
    const server = await startWebServer({
      DATABASE_URL: databaseUrl,
      MQ_STEWARD_MODE: "test",
      MQ_STEWARD_SECRET: TEST_SECRET,
    });
    const pool = barePool(databaseUrl, CLIENTS);
    const figures: Figure[] = [];
    try {
      await addAdministrator(composition);
      const cookie = await signInAt(server.url);
      for (const request of REQUESTED) {
        const url = `${server.url}/api/v1${request.path}`;
        const get = async () => {
          const response = await fetch(url, { headers: { cookie } });
          if (!response.ok) throw new Error(`${request.path}: ${response.status} ${await response.text()}`);
          await response.arrayBuffer();
        };
        await concurrently(WARM_UP, CLIENTS, get);
        const times = await concurrently(REQUESTS, CLIENTS, get);
        const anew: number[] = [];
        for (let run = 0; run < ANEW; run++) {
          // Any write anywhere makes the server compute its answers again.
          await ctx.db.execute("UPDATE business_clock SET updated_at = updated_at");
          anew.push(...(await concurrently(1, 1, get)));
        }
        const recording = recordingDatabase(ctx.db);
        const endpoint = ENDPOINTS[request.name];
        const query = "query" in endpoint ? endpoint.query.parse(queryObject(new URL(url).searchParams)) : {};
        const run = () => request.run({ ...ctx, db: recording.db }, query as never);
        await run();
        const all = recording.queries.length;
        // Facts that the server keeps between syncs are read once, not per request: the second answer does without them.
        await ctx.db.execute("UPDATE business_clock SET updated_at = updated_at");
        await run();
        const perRequest = recording.queries.slice(all);
        const bare = await concurrently(REQUESTS, CLIENTS, async () => {
          await Promise.all(perRequest.map((q) => pool.query(q.sql, [...q.params])));
        });
        const scans = await largeSequentialScans(pool, recording.queries.slice(0, all), 100_000);
        process.stderr.write(`bench:   ${request.path} after ${rounded(process.uptime(), 0)} s\n`);
        figures.push({
          name: `GET ${request.path}: p95 at ${CLIENTS} clients`,
          value: rounded(quantile(times, 0.95), 1),
          unit: "ms",
          limit: LIMIT_MS,
          comparison: `median ${rounded(quantile(times, 0.5), 1)} ms; one client after a write: median ${rounded(quantile(anew, 0.5), 1)} ms; its ${perRequest.length} queries as bare SQL: p95 ${rounded(quantile(bare, 0.95), 1)} ms, median ${rounded(quantile(bare, 0.5), 1)} ms`,
        });
        figures.push({
          name: `GET ${request.path}: sequential scans of tables over 100,000 rows`,
          value: scans.length,
          unit: "plans",
          limit: 0,
          ...(scans.length > 0 ? { comparison: scans.join("; ") } : {}),
        });
      }
      figures.push(...(await overviewWhileDrawing(server.url, cookie)));
      figures.push(await overviewPaint(server.url, cookie));
    } finally {
      await pool.end();
      await server.stop();
    }
    return {
      section: "api",
      setup: `${brokers} brokers (${synced.status}), ${costRows} cost rows of 400 days, ${metricRows} metric rows of 13 months, ${snapshotRows} KPI snapshot rows; client, server and database share the machine`,
      figures,
    };
  });
}

/** How long the overview takes while a report is computed, and while its PDF is drawn with all pages of owners. */
async function overviewWhileDrawing(url: string, cookie: string): Promise<Figure[]> {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(`${url}/api/v1${path}`, { ...init, headers: { ...init.headers, cookie } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const during = async (what: string, limit: number | undefined, work: () => Promise<void>): Promise<Figure> => {
    let over = false;
    const working = work().finally(() => {
      over = true;
    });
    const times: number[] = [];
    while (!over) {
      const start = performance.now();
      await (await ask("/overview")).arrayBuffer();
      times.push(performance.now() - start);
    }
    await working;
    return {
      name: `GET /overview while ${what}: p95 of one client`,
      value: rounded(quantile(times, 0.95), 1),
      unit: "ms",
      ...(limit === undefined ? {} : { limit }),
      comparison: `${times.length} requests, median ${rounded(quantile(times, 0.5), 1)} ms, longest ${rounded(Math.max(...times), 0)} ms`,
    };
  };
  let id = 0;
  const computing = await during("a report is computed", undefined, async () => {
    const body = JSON.stringify({ quarter: "2026-Q3", scope: "all", key: "" });
    const headers = { "content-type": "application/json", origin: url };
    ({
      report: { id },
    } = reportIssued.parse(await (await ask("/reports", { method: "POST", body, headers })).json()));
  });
  const drawing = await during("its PDF is drawn", WHILE_DRAWING_LIMIT_MS, async () => {
    await (await ask(`/reports/${id}/export/pdf`)).arrayBuffer();
  });
  return [computing, drawing];
}

/** Largest contentful paint of the overview in a fresh browser profile, median of five. */
async function overviewPaint(url: string, cookie: string): Promise<Figure> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const times: number[] = [];
  try {
    for (let run = 0; run < 6; run++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const [name = "", ...value] = cookie.split("=");
      await context.addCookies([{ name, value: value.join("="), url }]);
      const page = await context.newPage();
      await page.goto(`${url}/`, { waitUntil: "load" });
      const lcp = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let last = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) last = entry.startTime;
            }).observe({ type: "largest-contentful-paint", buffered: true });
            setTimeout(() => resolve(last), 1500);
          }),
      );
      // The first visit warms the server, not the page.
      if (run > 0) times.push(lcp);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  return {
    name: "overview page: largest contentful paint (median of 5, empty cache)",
    value: rounded(quantile(times, 0.5), 0),
    unit: "ms",
    limit: LCP_LIMIT_MS,
    comparison: `all runs: ${times.map((t) => rounded(t, 0)).join(", ")} ms`,
  };
}
