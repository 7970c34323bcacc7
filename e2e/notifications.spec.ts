import { startSmtpReceiver } from "@/lib/testing/receivers";
import { type Api, expect, openPage, test } from "./fixtures/journey";

test("an owner acknowledges findings from an e-mail, without signing in", async ({
  page,
  api,
  browser,
  request,
  baseURL,
}) => {
  const server = await startSmtpReceiver();
  const kim = { name: "Kim Test", email: "kim@example.com", role: "owner", owners: [await anotherTeam(api)] };
  const headers = { origin: baseURL ?? "" };
  try {
    const { settings } = await api.get("settings");
    await request.patch("/api/v1/settings", {
      headers,
      data: { notifications: { ...settings.notifications, publicAddress: baseURL, allowedAddresses: ["127.0.0.1"] } },
    });
    expect((await request.post("/api/v1/people", { headers, data: kim })).status()).toBe(201);
    // At once, because no journey moves the clock to the digest's hour.
    await request.post("/api/v1/notifications/rules", {
      headers,
      data: {
        name: "At once",
        kinds: ["sla-breached"],
        leastSeverity: "critical",
        audiences: ["owner"],
        delivery: "at-once",
        channelIds: [],
      },
    });
    await openPage(page, "/settings?tab=notifications", "Settings");
    await expect(page.getByText("No channel is set up")).toBeVisible();
    await page.getByRole("button", { name: "Add a channel" }).click();
    const form = page.getByRole("dialog", { name: "Add a channel" });
    await form.getByLabel("Name", { exact: true }).fill("Mail");
    await form.getByLabel("SMTP server").fill("127.0.0.1");
    await form.getByLabel("Port").fill(String(server.port));
    await form.getByRole("button", { name: "Encryption" }).click();
    await page.getByRole("option", { name: /^None/ }).click();
    await form.getByLabel("Sender's address").fill("steward@example.com");
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await expect(form).toBeHidden();
    await expect(page.getByRole("table", { name: "Channels" }).getByRole("row", { name: /^Mail/ })).toContainText("On");

    const mailOf = () =>
      server.mails
        .find(({ to }) => to === kim.email)
        ?.raw.replace(/=\r?\n/g, "")
        .replace(/=3D/g, "=");
    await expect.poll(mailOf, { timeout: 30_000 }).toContain("/acknowledge/");
    const link = /http\S+\/acknowledge\/[\w.-]+/.exec(mailOf() ?? "")?.[0] ?? "";

    const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
    const mail = await context.newPage();
    await mail.goto(link);
    await expect(mail.getByText("Nothing has been changed yet.")).toBeVisible();
    await expect(mail.getByText(kim.email)).toBeVisible();
    const first = /\/findings\/(\d+)/.exec(mailOf() ?? "")?.[1] ?? "";
    expect((await api.get("finding", `/findings/${first}`)).finding.state).toBe("open");
    await mail.getByLabel("Note").fill("We upgrade on Sunday.");
    await mail.getByRole("button", { name: /^Acknowledge \d+ finding/ }).click();
    await expect(mail.getByText(/^\d+ findings? acknowledged$/)).toBeVisible();
    expect((await api.get("finding", `/findings/${first}`)).finding).toMatchObject({
      state: "acknowledged",
      assignee: kim.name,
    });
    await mail.goto(link);
    await expect(mail.getByText(/^This link was used/)).toBeVisible();
    await context.close();

    await openPage(page, "/settings?tab=outbox&state=sent", "Settings");
    await expect(page.getByRole("table", { name: "Outbox" })).toContainText(kim.email);
  } finally {
    const { channels } = await api.get("notifications");
    for (const { id } of channels) await request.delete(`/api/v1/notifications/channels/${id}`, { headers });
    await server.close();
  }
});

/** A team with critical findings that are overdue, other than that of the owner of the other journeys. */
async function anotherTeam(api: Api): Promise<string> {
  const { items: people } = await api.get("people");
  const taken = people.flatMap(({ owners }) => owners.map(({ key }) => key));
  const { items } = await api.get(
    "findings",
    "/findings?limit=100&filter=severity=critical&filter=state=open&filter=overdue=true",
  );
  const team = items.flatMap(({ owner }) => owner?.key ?? []).find((key) => !taken.includes(key));
  if (!team) throw new Error("no other team has critical findings that are overdue");
  return team;
}
