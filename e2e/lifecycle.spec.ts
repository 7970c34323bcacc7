import { expect, openPage, test } from "./fixtures/journey";

test("the timeline zooms, moves by keyboard, and says what it draws", async ({ page, api }) => {
  const { entries } = await api.get("lifecycle");
  const past = entries.find(({ kind, stage, brokers }) => kind === "engine-line" && stage === "overdue" && brokers > 0);
  if (!past) throw new Error("no line in use is overdue");
  await openPage(page, "/lifecycle", "Lifecycle");
  const chart = page.getByRole("figure", { name: /^Lifecycle of engine lines/ });
  await page.getByRole("button", { name: "12 months" }).click();
  const range = page.getByText(/^\w{3} \d{4} to \w{3} \d{4}$/);
  const before = await range.textContent();
  const row = chart.getByRole("button", {
    name: `${past.engine === "ACTIVEMQ" ? "ActiveMQ" : "RabbitMQ"} ${past.name}`,
  });
  await row.focus();
  await expect(chart.getByRole("tooltip")).toContainText(past.sentence);
  await page.keyboard.press("ArrowLeft");
  await expect(range).not.toHaveText(before ?? "");
  await page.keyboard.press("ArrowDown");
  await expect(row).not.toBeFocused();
  await page.keyboard.press("Escape");
  await expect(chart.getByRole("tooltip")).toHaveCount(0);
  await chart.getByRole("button", { name: /^Show .* as a table$/ }).click();
  await expect(chart.getByRole("row", { name: new RegExp(`${past.name} ${past.brokers} `) })).toContainText("overdue");
});

test("every number leads to its brokers, and an owner has a calendar", async ({ page, api }) => {
  const { owners } = await api.get("lifecycle");
  const owner = owners.find(({ key, label }) => key !== "(none)" && /^[\w ]+$/.test(label));
  if (!owner) throw new Error("nobody with a plain name owns a broker");
  const search = new URLSearchParams({ owner: owner.key });
  const { entries } = await api.get("lifecycle", `/lifecycle?${search}`);
  const used = entries.find(({ kind, brokers }) => kind === "engine-line" && brokers > 0);
  if (!used) throw new Error("the owner's brokers run nothing");
  await openPage(page, `/lifecycle?${search}`, "Lifecycle");
  await page
    .getByRole("button", { name: /^Owner/ })
    .last()
    .click();
  await page.getByRole("option", { name: new RegExp(`^${owner.label}`) }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download iCalendar file" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("amazon-mq-life-cycle.ics");
  const table = page.getByRole("treegrid", { name: "Brokers on engine lines by owner and environment" });
  await table
    .getByRole("row", { name: new RegExp(` ${used.name}`) })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `Brokers (${used.brokers})` })).toBeVisible();
});
