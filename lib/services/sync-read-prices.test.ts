import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listPricesOn } from "@/lib/db/list-price-store";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { INVENTORY_ONLY, type SyncHarness, syncHarness } from "@/lib/testing/sync-harness";

const WITH_PRICES = { leaveOut: INVENTORY_ONLY.filter((source) => source !== "price-list") };

let harness: SyncHarness;
let ask: ReturnType<typeof harnessQueries>;

beforeEach(async () => {
  harness = await syncHarness();
  ask = harnessQueries(harness.db);
});
afterEach(() => harness.close());

const prices = (day: string) => listPricesOn(harness.db, parsePlainDate(day));

describe("reading list prices", () => {
  it("stores every price of every page as AWS wrote it, with its date, once a week", async () => {
    const { runId, status } = await harness.sync(WITH_PRICES);
    expect(status).toBe("complete");
    const outcome = await ask.outcome(runId, "price-list");
    const asked = harness.requestsOf("pricing");
    expect(outcome).toMatchObject({ status: "complete", requestCount: asked });
    expect(asked).toBe(Math.ceil(outcome.itemCount / 100));
    const rows = await prices("2026-11-02");
    expect(rows).toHaveLength(outcome.itemCount);
    expect(
      rows.find(
        (row) =>
          row.region === "us-east-1" &&
          row.engine === "ACTIVEMQ" &&
          row.deploymentOption === "Single-AZ" &&
          row.instanceType === "mq.m5.large",
      ),
    ).toMatchObject({ price: "0.2880000000", currency: "USD", unit: "Hrs", effectiveOn: "2026-11-01" });
    expect(await prices("2026-10-31")).toEqual([]);

    harness.setTime("2026-11-07T06:00:00Z");
    const soon = await harness.sync(WITH_PRICES);
    expect(await ask.outcome(soon.runId, "price-list")).toMatchObject({ status: "skipped" });
    expect(harness.requestsOf("pricing")).toBe(asked);
    harness.setTime("2026-11-08T06:00:00Z");
    await harness.sync(WITH_PRICES);
    expect(harness.requestsOf("pricing")).toBe(2 * asked);
  });

  it.each([
    ["unknown-operation", "unsupported", "complete"],
    ["deny", "denied", "partial"],
    ["truncate", "failed", "partial"],
  ])("stores nothing on %s, which is %s", async (kind, outcome, run) => {
    harness.fault({ service: "pricing", kind });
    const { runId, status } = await harness.sync(WITH_PRICES);
    expect(status).toBe(run);
    expect(await ask.outcome(runId, "price-list")).toMatchObject({ status: outcome });
    expect(await prices("2026-11-02")).toEqual([]);
  });
});
