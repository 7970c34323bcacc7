import { expect, openPage, test } from "./fixtures/journey";

test("a network is chosen, moved, and what is selected leads to the broker", async ({ page, api }) => {
  const { networks } = await api.get("topology");
  const worst = networks[0];
  if (worst?.kind !== "network") throw new Error("the stack has no network with checks");
  const { brokers } = await api.get("topology", `/topology?component=${worst.id}`);
  const broker = brokers.find(({ defects }) => defects.length > 0);
  if (!broker) throw new Error("nothing is wrong with the worst network");

  await openPage(page, "/topology", "Topology");
  await page.getByRole("button", { name: /^Network\b/ }).click();
  await page.getByRole("option", { name: worst.name }).first().click();
  await expect(page).toHaveURL(new RegExp(`component=${worst.id}`));
  await expect(page.getByRole("heading", { level: 2, name: worst.name })).toBeVisible();

  const map = page.getByRole("application");
  const drawing = map.locator("svg > g");
  const nodes = map.locator("[data-item] > title");
  await expect(nodes).toHaveCount(worst.brokers + worst.externalPeers);
  const view = () => drawing.getAttribute("transform");
  const whole = await view();
  await map.press("ArrowRight");
  await expect.poll(view).not.toBe(whole);
  await map.press("+");
  await map.press("0");
  await expect.poll(view).toBe(whole);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(view).not.toBe(whole);

  await page.getByRole("button", { name: /^Broker\b/ }).click();
  await page.getByRole("option", { name: broker.name }).first().click();
  await expect(page).toHaveURL(new RegExp(`selected=${broker.id}`));
  const title = worst.checks.find(({ id }) => id === broker.defects[0])?.title ?? "";
  await expect(page.getByText(title).first()).toBeVisible();
  await map.press("Escape");
  await expect(page).not.toHaveURL(/selected=/);

  await page.getByRole("tab", { name: /^Brokers/ }).click();
  const row = page
    .getByRole("table", { name: "Brokers in networks" })
    .getByRole("row", { name: new RegExp(broker.name) })
    .first();
  await expect(row).toContainText(title);
  await row.getByRole("link", { name: broker.name }).click();
  await page.getByRole("link", { name: "Show the broker on the map of its network" }).click();
  await expect(page).toHaveURL(new RegExp(`/topology\\?component=${broker.id}&selected=${broker.id}`));
  await expect(page.getByRole("heading", { level: 2, name: broker.name })).toBeVisible();
});
