import { expect, openPage, test } from "./fixtures/journey";

test("an incident is recorded, and its form says what is wrong", async ({ page, api }) => {
  const { items } = await api.get("brokers", "/brokers?limit=1&filter=countsAsProduction=true");
  const broker = items[0];
  if (!broker) throw new Error("there is no production broker");
  const before = (await api.get("register")).incidents.length;
  await openPage(page, "/register", "Register");
  await page.getByRole("button", { name: "Record an incident" }).click();
  const form = page.getByRole("dialog", { name: "Record an incident" });
  await expect(form.getByRole("button", { name: "Save" })).toBeDisabled();
  await form.getByLabel("Title").fill("Orders were down");
  await form.getByLabel("Started").fill("2026-08-31 25:00");
  await expect(form.getByText("Write it like 2026-11-20 14:30.").first()).toBeVisible();
  await form.getByLabel("Started").fill("2026-08-31 10:00");
  await form.getByLabel("Ended").fill("2026-08-31 11:30");
  await form.getByRole("button", { name: /^Brokers/ }).click();
  await page.getByLabel("Part of a broker's name").fill(broker.name);
  await page.getByRole("option", { name: broker.name }).first().click();
  await page.keyboard.press("Escape");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  const table = page.getByRole("table", { name: "Incidents" });
  await expect(table.getByRole("row", { name: /Orders were down/ })).toContainText("1 h 30 min");
  const { incidents } = await api.get("register");
  expect(incidents.length).toBe(before + 1);
});

test("a quarter is attested once every suggestion was reviewed", async ({ page, api }) => {
  const { quarters } = await api.get("register");
  const open = quarters.find(({ over, unreviewed }) => over && unreviewed > 0);
  const ready = quarters.find(({ over, unreviewed, attestedAt }) => over && unreviewed === 0 && attestedAt === null);
  await openPage(page, "/register?tab=attestation", "Register");
  const running = quarters[0]?.quarter ?? "";
  await expect(page.getByRole("button", { name: `Attest ${running}` })).toBeDisabled();
  if (open) await expect(page.getByRole("button", { name: `Attest ${open.quarter}` })).toBeDisabled();
  if (!ready) throw new Error("no quarter can be attested");
  await page.getByRole("button", { name: `Attest ${ready.quarter}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Attest" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`^${ready.quarter}`) })).toContainText("Attested by");
});
