import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditPage } from "@/lib/contracts/audit";
import { keyList, NARROW_KEYS } from "@/lib/contracts/keys";
import { wallClock } from "@/lib/domain/clock";
import type { ApiHarness } from "@/lib/testing/api-harness";
import { bearer, guardedEndpoints, peopleWithKeys } from "@/lib/testing/people-with-keys";

const { start, send, as, make, execute, knock } = peopleWithKeys(["manager", "viewer"]);
let api: ApiHarness;

beforeAll(async () => {
  api = await start();
}, 60_000);
afterAll(() => api.close());

describe("a request with a key", () => {
  it("acts in the audit as the key, with the address it came from, and notes when it was used", async () => {
    const { key, secret } = await make({ kind: "api", name: "Tuner", role: "administrator" });
    const headers = { ...bearer(secret), "x-forwarded-for": "192.0.2.44" };
    expect((await send("PATCH", "/settings", { metricsSeriesPerBroker: 3 }, headers)).status).toBe(200);
    const { items } = auditPage.parse(
      (await send("GET", "/audit?actor=key%20Tuner", undefined, as("administrator"))).json(),
    );
    expect(items[0]).toMatchObject({
      actor: "key Tuner",
      personName: null,
      remote: "192.0.2.44",
      action: "settings.update",
    });
    const used = async () =>
      keyList
        .parse((await send("GET", "/keys", undefined, as("administrator"))).json())
        .items.find(({ id }) => id === key.id);
    const first = await used();
    expect(first).toMatchObject({ lastUsedFrom: "192.0.2.44" });
    await api.forgetSessions();
    await send("GET", "/brokers", undefined, bearer(secret));
    expect((await used())?.lastUsedAt, "written once a minute at most").toBe(first?.lastUsedAt);
    await execute(`UPDATE api_key SET last_used_at = last_used_at - interval '2 minutes' WHERE id = $1`, key.id);
    await send("GET", "/brokers", undefined, bearer(secret));
    expect(Date.parse((await used())?.lastUsedAt ?? "")).toBeGreaterThan(wallClock.now().getTime() - 60_000);
  });

  it("needs no origin by the key alone, and one of ours where a cookie comes with it", async () => {
    const { secret } = await make({ kind: "api", role: "administrator" });
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const patch = { metricsSeriesPerBroker: 4 };
    expect((await send("PATCH", "/settings", patch, { ...bearer(secret), ...foreign })).status).toBe(200);
    expect(
      (await send("PATCH", "/settings", patch, { ...bearer(secret), ...foreign, ...as("administrator") })).status,
    ).toBe(403);
    expect((await send("PATCH", "/settings", patch, { authorization: "Bearer x", ...foreign })).status).toBe(403);
  });

  it("is judged by the key alone: a cookie of somebody with more rights lifts nothing, a bad key is not made good", async () => {
    const { secret } = await make({ kind: "api", role: "viewer" });
    expect((await send("GET", "/audit", undefined, { ...bearer(secret), ...as("administrator") })).status).toBe(403);
    const bad = bearer(`mqs_${"1".repeat(12)}_${"a".repeat(43)}`);
    expect((await send("GET", "/brokers", undefined, { ...bad, ...as("administrator") })).status).toBe(401);
  });

  it("is not taken from an address", async () => {
    const { secret } = await make({ kind: "api", role: "administrator" });
    expect((await send("GET", `/brokers?token=${secret}`)).status).toBe(401);
    const calendar = await send("GET", `/lifecycle/calendar.ics?token=${secret}`);
    expect([calendar.status, calendar.text]).toEqual([403, expect.stringContaining("end up in logs")]);
  });

  it("is limited after too many wrong ones, alone from that address, and not where a key only expired", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address });
    const wrong = bearer(`mqs_${"2".repeat(12)}_${"a".repeat(43)}`);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 62; attempt += 1)
      statuses.push((await send("GET", "/brokers", undefined, { ...wrong, ...from("198.51.100.1") })).status);
    expect([statuses[0], statuses[58], statuses[59], statuses.at(-1)]).toEqual([401, 401, 429, 429]);
    expect((await send("GET", "/brokers", undefined, { ...wrong, ...from("198.51.100.2") })).status).toBe(401);
    const { secret } = await make({ kind: "api", role: "viewer" });
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.1") })).status).toBe(200);
    const guess = bearer(`${secret.slice(0, 16)}_${"a".repeat(43)}`);
    for (let attempt = 0; attempt < 60; attempt += 1)
      await send("GET", "/brokers", undefined, { ...guess, ...from("198.51.100.3") });
    await api.forgetSessions();
    // Whoever guesses at a key is not let in by the right one, from there.
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.3") })).status).toBe(429);
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.4") })).status).toBe(200);
  });
});

describe("narrow tokens", () => {
  it.each(["metrics", "calendar"] as const)("%s opens its one route and no other", async (kind) => {
    const { secret } = await make({ kind });
    for (const [name, endpoint] of guardedEndpoints) {
      const answer = await knock(endpoint, bearer(secret));
      if (name === NARROW_KEYS[kind].endpoint) expect(answer.status, answer.text).toBe(200);
      else expect([name, answer.status]).toEqual([name, 403]);
    }
  });

  it("gives Prometheus its figures, and nobody else", async () => {
    const { secret } = await make({ kind: "metrics" });
    const answer = await send("GET", "/metrics", undefined, bearer(secret));
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.text).toContain("# TYPE mq_steward_kpi_value gauge");
    expect(answer.text).toContain("mq_steward_sync_running 0");
    // Before the first sync nothing is known, and nothing is said to be 0.
    expect(answer.text).not.toMatch(/mq_steward_(sync_last|sync_scopes|findings|brokers|inventory)/);
    expect((await send("GET", "/metrics")).status).toBe(401);
    expect((await send("POST", "/keys", { kind: "metrics", name: "m", expiresInDays: 1 }, as("manager"))).status).toBe(
      403,
    );
  });

  it("shows a calendar by its address alone, in the cut it was made for", async () => {
    const { key, secret } = await make({ kind: "calendar", query: "owner=ours&environment=production" }, "viewer");
    expect(key.query).toBe("environment=production&owner=ours");
    const address = `/lifecycle/calendar.ics?token=${secret}`;
    const answer = await send("GET", address);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("life cycle: ours")]);
    expect((await send("GET", `${address}&owner=theirs`)).status).toBe(403);
    expect((await send("GET", `${address}&engine=activemq`)).status).toBe(403);
    // The token, not a session that happens to come with it.
    expect((await send("GET", `${address}x`, undefined, as("administrator"))).status).toBe(401);
    for (const query of ["token=x", "q=a", "owner=a&filter=b"])
      expect(
        (await send("POST", "/keys", { kind: "calendar", name: query, expiresInDays: 1, query }, as("viewer"))).status,
      ).toBe(400);
    await send("DELETE", `/keys/${key.id}`, undefined, as("viewer"));
    expect((await send("GET", address)).status).toBe(401);
  });
});
