import { BrokersPage } from "./fixtures/brokers-page";
import { expect, openPage, test } from "./fixtures/journey";

test("a broker is reached from the list, and its tabs are addresses", async ({ page, api }) => {
  const list = await api.get("brokers", "/brokers?limit=20");
  const first = list.items[0];
  if (!first) throw new Error("there is no broker");
  await new BrokersPage(page).open("?limit=20");
  await page.getByRole("link", { name: first.name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: first.name })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Breadcrumbs" })).toContainText(first.name);
  await expect(page.getByRole("table", { name: "Facts" })).toBeVisible();

  await page.getByRole("tab", { name: "Rules and findings" }).click();
  await expect(page).toHaveURL(/tab=rules/);
  const detail = await api.get("broker", `/brokers/${first.id}`);
  await expect(page.getByRole("table", { name: "Rules" }).getByRole("row")).toHaveCount(detail.rules.length + 1);

  await page.getByRole("tab", { name: "Version and support" }).click();
  await expect(page.getByText(detail.support.sentence).first()).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  const changes = await api.get("brokerChanges", `/brokers/${first.id}/changes`);
  await expect(page.getByRole("heading", { name: `Changes (${changes.total})` })).toBeVisible();
  await page.getByRole("tab", { name: "Raw payload" }).click();
  await expect(page.getByRole("region", { name: "the raw payload" })).toContainText(first.id);
  await page.reload();
  await expect(page.getByRole("region", { name: "the raw payload" })).toContainText(first.id);
});

test("where a broker is, who can reach it and who changed it is told", async ({ page, api }) => {
  const { items } = await api.get("brokers", "/brokers?filter=name%3Dcheckout-session&limit=1");
  const broker = items[0];
  if (!broker) throw new Error("there is no such broker");
  const { surroundings } = await api.get("broker", `/brokers/${broker.id}`);
  await openPage(page, `/brokers/${broker.id}`, broker.name);
  const zones = page.getByRole("table", { name: "Availability zones" });
  for (const { zoneId } of surroundings.subnets) {
    await expect(zones.getByRole("cell", { name: zoneId ?? "(not told)", exact: true }).first()).toBeVisible();
  }
  expect(surroundings.subnets.length).toBeGreaterThan(0);
  const openings = surroundings.securityGroups.flatMap((group) => group.openings ?? []);
  await expect(page.getByRole("heading", { name: `Open ports (${openings.length})` })).toBeVisible();
  await expect(page.getByRole("heading", { name: `Users (${surroundings.users.length})` })).toBeVisible();
  expect(surroundings.users.every(({ observedAt }) => observedAt !== null)).toBe(true);

  await page.getByRole("tab", { name: "History" }).click();
  const events = await api.get("brokerEvents", `/brokers/${broker.id}/events`);
  expect(events.readUntil).not.toBeNull();
  await expect(page.getByRole("heading", { name: `By people and programs (${events.items.length})` })).toBeVisible();
});

test("cost and metrics of a broker are drawn, with the same as a table", async ({ page, api }) => {
  const { items } = await api.get("brokers", "/brokers?sort=monthlyCost&order=desc&limit=1");
  const broker = items[0];
  if (!broker) throw new Error("there is no broker");
  await openPage(page, `/brokers/${broker.id}?tab=cost`, broker.name);
  await page.getByRole("button", { name: /^Show Daily cost in .* as a table$/ }).click();
  await expect(page.getByRole("columnheader", { name: "Instance hours" })).toBeVisible();

  await page.getByRole("tab", { name: "Metrics" }).click();
  const { metrics } = await api.get("brokerMetrics", `/brokers/${broker.id}/metrics`);
  for (const { title } of metrics.slice(0, 3))
    await expect(page.getByRole("heading", { name: title }).first()).toBeVisible();
  expect(metrics.length).toBeGreaterThan(0);
});

test("the topology of a mesh member is drawn and told", async ({ page, api }) => {
  const { items } = await api.get("brokers", "/brokers?filter=engine%3DACTIVEMQ&q=mesh&limit=1");
  const broker = items[0];
  if (!broker) throw new Error("there is no mesh member");
  const { topology } = await api.get("broker", `/brokers/${broker.id}`);
  await openPage(page, `/brokers/${broker.id}?tab=topology`, broker.name);
  await expect(page.getByRole("img", { name: new RegExp(`^${broker.name} and \\d+ peer`) })).toBeVisible();
  await expect(page.getByRole("table", { name: "Network connectors" }).getByRole("row")).toHaveCount(
    topology.connectors.length + 1,
  );
});

test("a finding of a broker tells evidence, rule and history", async ({ page, api }) => {
  const { items } = await api.get("findings", "/findings?limit=1");
  const finding = items[0];
  if (!finding) throw new Error("there is no finding");
  const detail = await api.get("finding", `/findings/${finding.id}`);
  await openPage(page, "/findings", /^Findings/);
  await page.getByRole("link", { name: finding.summary }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: finding.summary })).toBeVisible();
  await expect(page.getByText(detail.rule.remediation)).toBeVisible();
  await expect(page.getByRole("table", { name: "Evidence" }).getByRole("row")).toHaveCount(
    Object.keys(detail.evidence).length + 1,
  );
});
