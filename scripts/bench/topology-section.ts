import { type Browser, chromium, type Page } from "@playwright/test";
import { topologyMap } from "@/lib/contracts/topology";
import { meshBrokers } from "@/lib/db/rule-fact-queries";
import type { Ctx } from "@/lib/services/ctx";
import { addAdministrator, signInAt, TEST_SECRET } from "@/lib/testing/add-administrator";
import { type Figure, quantile, rounded, type Section } from "@/scripts/bench/figure";
import { AS_OF, connectAll, runOnce, withFleet } from "@/scripts/bench/fleet";
import { concurrently } from "@/scripts/bench/recorded-queries";
import { seedMetrics } from "@/scripts/bench/seed-history";
import { startWebServer } from "@/scripts/bench/web-server";

/** About half of a bulk organisation is ActiveMQ. */
const BULK = 1_100;
const CLIENTS = 8;
const REQUESTS = 160;
const WARM_UP = 40;
const ANEW = 20;
const SERVER_LIMIT_MS = 100;
const USABLE_LIMIT_MS = 1_500;
const FRAME_LIMIT_MS = 50;
const RUNS = 5;
const PAN_STEPS = 150;

/** The map of networks: the server's answer and the page in a browser, with all brokers drawn at once. */
export function topologySection(brokers: number): Promise<Section> {
  return withFleet(["--bulk", `10,4,${BULK}`, "--no-throttle"], async ({ ctx, composition, databaseUrl }) => {
    await connectAll(ctx, 10);
    const synced = await runOnce(ctx);
    const joined = await joinNetworks(ctx, brokers);
    await seedMetrics(ctx, 1);
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
    try {
      await addAdministrator(composition);
      const cookie = await signInAt(server.url);
      const figures = [
        await serverFigure(ctx, server.url, cookie, brokers),
        ...(await browserFigures(server.url, cookie, brokers)),
      ];
      return {
        section: "topology",
        setup: `${brokers} ActiveMQ brokers in ${joined.networks} networks with ${joined.connectors} connectors, of ${BULK} brokers (${synced.status}); browser without graphics card; client, server and database share the machine`,
        figures,
      };
    } finally {
      await server.stop();
    }
  });
}

/** Rewrites configurations as the sync stored them, so that `count` brokers form one network of 100 around three hubs, and rings of 20 with chords. */
async function joinNetworks(ctx: Ctx, count: number): Promise<{ networks: number; connectors: number }> {
  const rows = (await meshBrokers(ctx.db)).filter(({ configurationId }) => configurationId !== null).slice(0, count);
  if (rows.length < count) throw new Error(`${rows.length} ActiveMQ brokers with a configuration, ${count} wanted`);
  const groups = [rows.slice(0, 100)];
  for (let start = 100; start < rows.length; start += 20) groups.push(rows.slice(start, start + 20));
  let connectors = 0;
  for (const group of groups) {
    for (const [index, row] of group.entries()) {
      const wanted =
        group.length > 20
          ? [index % 3, index < 3 ? (index + 1) % 3 : index % 3]
          : [index + 1, index + (index % 4 === 0 ? 7 : 1)];
      const peers = [...new Set(wanted.map((other) => other % group.length))].filter((other) => other !== index);
      const elements = peers.flatMap((other) => {
        const peer = group[other];
        if (!peer) return [];
        const host = `${peer.brokerId}-1.mq.${peer.region}.amazonaws.com`;
        return [
          `<networkConnector name="to-${peer.name}" userName="mesh" duplex="${index % 5 !== 0}" uri="static:(ssl://${host}:61617)"/>`,
        ];
      });
      connectors += elements.length;
      await ctx.db.execute(
        `UPDATE configuration_revision SET data = $5 WHERE account_id = $1 AND region = $2 AND configuration_id = $3 AND revision = $4`,
        row.accountId,
        row.region,
        row.configurationId,
        row.revision,
        `<broker xmlns="http://activemq.apache.org/schema/core"><networkConnectors>${elements.join("")}</networkConnectors></broker>`,
      );
    }
  }
  return { networks: groups.length, connectors };
}

async function serverFigure(ctx: Ctx, url: string, cookie: string, brokers: number): Promise<Figure> {
  const get = async () => {
    const response = await fetch(`${url}/api/v1/topology`, { headers: { cookie } });
    if (!response.ok) throw new Error(`/topology: ${response.status} ${await response.text()}`);
    return response.text();
  };
  const text = await get();
  const map = topologyMap.parse(JSON.parse(text));
  if (map.brokers.length !== brokers) throw new Error(`${map.brokers.length} brokers are drawn, ${brokers} expected`);
  const read = async () => {
    await get();
  };
  await concurrently(WARM_UP, CLIENTS, read);
  const times = await concurrently(REQUESTS, CLIENTS, read);
  const anew: number[] = [];
  for (let run = 0; run < ANEW; run++) {
    // Any write anywhere makes the server compute its answers again.
    await ctx.db.execute("UPDATE business_clock SET updated_at = updated_at");
    anew.push(...(await concurrently(1, 1, read)));
  }
  const afterSync: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    // What a sync does: the networks themselves are built again.
    await ctx.db.execute("UPDATE data_version SET version = version + 1 WHERE name = 'fleet'");
    afterSync.push(...(await concurrently(1, 1, read)));
  }
  return {
    name: `GET /topology with ${brokers} brokers in networks: p95 at ${CLIENTS} clients`,
    value: rounded(quantile(times, 0.95), 1),
    unit: "ms",
    limit: SERVER_LIMIT_MS,
    comparison: `median ${rounded(quantile(times, 0.5), 1)} ms; ${Math.round(text.length / 1000)} kB before compression; one client after a write: median ${rounded(quantile(anew, 0.5), 1)} ms, after a sync: median ${rounded(quantile(afterSync, 0.5), 1)} ms`,
  };
}

async function browserFigures(url: string, cookie: string, brokers: number): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
  const loaded: number[] = [];
  const clicked: number[] = [];
  const far: number[] = [];
  const near: number[] = [];
  try {
    // The first visit warms the server, not the page.
    for (let run = 0; run <= RUNS; run++) {
      const page = await signedInPage(browser, url, cookie);
      await page.goto(`${url}/topology`, { waitUntil: "commit" });
      const opened = await drawnAfter(page, brokers, "navigation");
      await page.goto(`${url}/audit`, { waitUntil: "networkidle" });
      const wait = drawnAfter(page, brokers, "click");
      await page.getByRole("link", { name: "Topology" }).click();
      const shown = await wait;
      if (run > 0) {
        loaded.push(opened);
        clicked.push(shown);
      }
      if (run === RUNS) {
        far.push(...(await panFrames(page)));
        const map = page.getByRole("application");
        while ((await map.getAttribute("data-zoom")) !== "near") await map.press("+");
        near.push(...(await panFrames(page)));
      }
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  const runs = (times: readonly number[]) => `all runs: ${times.map((time) => rounded(time, 0)).join(", ")} ms`;
  const frames = (name: string, times: readonly number[]): Figure => ({
    name,
    value: rounded(quantile(times, 0.5), 1),
    unit: "ms",
    limit: FRAME_LIMIT_MS,
    comparison: `p95 ${rounded(quantile(times, 0.95), 1)} ms of ${times.length} frames`,
  });
  return [
    {
      name: `topology page with ${brokers} brokers: from the address to the drawn frame (median of ${RUNS}, empty cache)`,
      value: rounded(quantile(loaded, 0.5), 0),
      unit: "ms",
      limit: USABLE_LIMIT_MS,
      comparison: runs(loaded),
    },
    {
      name: `topology page with ${brokers} brokers: from the click in the navigation to the drawn frame (median of ${RUNS})`,
      value: rounded(quantile(clicked, 0.5), 0),
      unit: "ms",
      limit: USABLE_LIMIT_MS,
      comparison: runs(clicked),
    },
    frames(`panning ${brokers} brokers, all of them seen: median frame`, far),
    frames(`panning ${brokers} brokers, near enough to read: median frame`, near),
  ];
}

async function signedInPage(browser: Browser, url: string, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [name = "", ...value] = cookie.split("=");
  await context.addCookies([{ name, value: value.join("="), url }]);
  // What compiles this file on the fly names functions by a helper of its own, which the page does not have.
  await context.addInitScript({ content: "globalThis.__name ??= (named) => named;" });
  return context.newPage();
}

/** Milliseconds from the navigation, or from the next click, to the frame after the one that holds all brokers. */
function drawnAfter(page: Page, brokers: number, from: "navigation" | "click"): Promise<number> {
  return page.evaluate(
    ([count, start]) =>
      new Promise<number>((resolve) => {
        let begun = start === "navigation" ? 0 : -1;
        document.addEventListener(
          "click",
          () => {
            begun = begun < 0 ? performance.now() : begun;
          },
          { capture: true },
        );
        const look = () => {
          // Each broker has one title; so has each external peer, and there is none here.
          const drawn = begun >= 0 && document.querySelectorAll(".mqs-map [data-item] > title").length >= count;
          if (!drawn) requestAnimationFrame(look);
          else requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - begun)));
        };
        look();
      }),
    [brokers, from] as const,
  );
}

/** Milliseconds between the frames while the map is dragged to and fro. */
async function panFrames(page: Page): Promise<number[]> {
  const box = await page.getByRole("application").boundingBox();
  if (!box) throw new Error("there is no map");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { frameTimes: times, recording: true });
    let last: number | null = null;
    const next = (now: number) => {
      if (last !== null) times.push(now - last);
      last = now;
      if ((globalThis as { recording?: boolean }).recording) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  for (let step = 0; step < PAN_STEPS; step++) {
    await page.mouse.move(x + 150 * Math.sin(step / 12), y + 90 * Math.cos(step / 9));
  }
  const times = await page.evaluate(() => {
    Object.assign(globalThis, { recording: false });
    return (globalThis as { frameTimes?: number[] }).frameTimes ?? [];
  });
  await page.mouse.up();
  return times;
}
