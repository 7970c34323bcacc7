import { expect, openPage, test } from "./fixtures/journey";

test("FinOps finds what can be saved, sees the evidence, sets one item aside, and the sum follows", async ({
  page,
  api,
}) => {
  const before = await api.get(
    "recommendations",
    "/recommendations?filter=counted=true&filter=nature=saving&limit=200",
  );
  const item = before.items.find(({ monthly, kind }) => monthly.known && kind === "idle");
  if (!item?.monthly.known) throw new Error("the demo has no idle broker with a price");
  await openPage(page, "/recommendations", /^Recommendations/);
  await expect(page.getByText("Monthly saving found")).toBeVisible();
  await page.getByRole("link", { name: `Idle broker, ${item.broker.name}: evidence` }).click();
  const evidence = page.getByRole("dialog", { name: `Idle broker: ${item.broker.name}` });
  await expect(evidence.getByRole("table", { name: "Measured values" })).toContainText("0 connections");
  await evidence.getByRole("button", { name: "Dismiss" }).click();
  const form = page.getByRole("dialog", { name: `Dismiss: Idle broker, ${item.broker.name}` });
  await expect(form.getByRole("button", { name: "Dismiss" })).toBeDisabled();
  await form.getByLabel("Reason").fill("Kept for the disaster-recovery drill");
  await form.getByLabel("Until", { exact: true }).fill("2026/12/15");
  await form.getByRole("button", { name: "Dismiss" }).click();
  await expect(form).toBeHidden();
  const after = await api.get("recommendations", "/recommendations?filter=counted=true&filter=nature=saving&limit=200");
  expect(after.items.map(({ id }) => id)).not.toContain(item.id);
  expect(Number(after.totals.savings[0]?.amount)).toBeLessThan(Number(before.totals.savings[0]?.amount));
  await openPage(page, `/brokers/${item.broker.id}?tab=recommendations`, item.broker.name);
  await expect(page.getByRole("table", { name: "Recommendations of this broker" })).toContainText("Dismissed until");
});
