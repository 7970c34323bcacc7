import { expect, openPage, test } from "./fixtures/journey";

test("an overridden date opens findings, and taking it back closes them as no remediation", async ({ page, api }) => {
  test.setTimeout(60_000);
  const calendar = await api.get("referenceCalendar");
  const [row] = calendar.rows
    .filter(
      ({ kind, engine, inForce, brokers, overrides }) =>
        kind === "engine-line" &&
        engine === "RABBITMQ" &&
        inForce?.status === "supported" &&
        brokers > 0 &&
        overrides.length === 0,
    )
    .sort((a, b) => a.brokers - b.brokers);
  if (!row) throw new Error("no supported line of RabbitMQ has brokers");
  const name = `RabbitMQ ${row.key}`;
  const open = async () =>
    (await api.get("findings", "/findings?limit=500&filter=rule%3Dengine-version-supported")).items.filter(
      ({ summary }) => summary.startsWith(`${name} is past end of support since 2026-01-02`),
    ).length;

  await openPage(page, "/reference", "Reference");
  await page.getByRole("button", { name: `Override ${name}` }).click();
  const form = page.getByRole("dialog", { name: `Override ${name}` });
  await expect(form.getByRole("button", { name: "Override and evaluate" })).toBeDisabled();
  await form.getByLabel("First day past support").fill("2026-01-02");
  await form.getByLabel("Reason").fill("Announced by AWS");
  await form.getByRole("button", { name: "Override and evaluate" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("row", { name: new RegExp(`^${name} `) })).toContainText("Announced by AWS");
  await expect.poll(open, { timeout: 20_000 }).toBeGreaterThan(0);

  await page.getByRole("button", { name: `Take the override of ${name} back` }).click();
  const back = page.getByRole("dialog", { name: `Take the override of ${name} back?` });
  await back.getByLabel("Reason").fill("It was a mistake");
  await back.getByRole("button", { name: "Take back and evaluate" }).click();
  await expect(back).toBeHidden();
  await expect.poll(open, { timeout: 20_000 }).toBe(0);
});
