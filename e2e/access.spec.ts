import type { Browser, BrowserContext } from "@playwright/test";
import { z } from "zod";
import { TEST_OWNER, TEST_SIGNED_ON } from "@/lib/testing/add-administrator";
import { expect, openPage, test, watchComplaints } from "./fixtures/journey";
import { SignInPage } from "./fixtures/sign-in-page";

const stranger = (browser: Browser, baseURL: string | undefined): Promise<BrowserContext> =>
  browser.newContext({ storageState: { cookies: [], origins: [] }, baseURL: baseURL ?? "" });

test("groups of the OpenID provider are mapped by an administrator; who is in one signs in, with its role", async ({
  page,
  browser,
  baseURL,
}) => {
  const context = await stranger(browser, baseURL);
  const own = await context.newPage();
  const complaints = watchComplaints(own);
  await own.goto("/findings?severity=high");
  await own.getByRole("button", { name: "Sign in with Example" }).click();
  await expect(own.getByText("none of your groups lets you in here")).toBeVisible();

  await openPage(page, "/settings?tab=sign-on", "Settings");
  await page.getByRole("button", { name: "Add a group" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a group" });
  await dialog.getByRole("textbox", { name: "Group of the provider" }).fill(TEST_SIGNED_ON.groups[0] ?? "");
  await dialog.getByRole("button", { name: /Grants/ }).click();
  await page.getByRole("option", { name: "Manager", exact: true }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("table", { name: "Groups" }).getByRole("row", { name: /Role Manager/ })).toBeVisible();

  await own.getByRole("button", { name: "Back to the sign-in page" }).click();
  await own.goto("/audit?actor=sina");
  await own.getByRole("button", { name: "Sign in with Example" }).click();
  await expect(own).toHaveURL(/\/audit\?actor=sina$/);
  await expect(own.getByRole("heading", { level: 1, name: /^Audit/ })).toBeVisible();
  await own.getByRole("button", { name: `Signed in as ${TEST_SIGNED_ON.name}` }).click();
  await expect(own.getByRole("menuitem", { name: "Change password" })).toHaveCount(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test("an API key made on the page reads by itself until it is revoked", async ({ page, playwright, baseURL }) => {
  await openPage(page, "/profile", "Your account");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  await page.getByRole("menuitem", { name: "API key" }).click();
  const dialog = page.getByRole("dialog", { name: "Make an API key" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Journey");
  await dialog.getByRole("button", { name: "Make", exact: true }).click();
  const secret = (await page.getByRole("region", { name: "the key" }).innerText()).trim();
  await page.getByRole("button", { name: "Done" }).click();
  const program = await playwright.request.newContext({
    baseURL: baseURL ?? "",
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
    storageState: { cookies: [], origins: [] },
  });
  expect((await program.get("/api/v1/brokers?limit=1")).status()).toBe(200);
  expect((await program.get("/api/v1/people")).status()).toBe(403);
  // Pages are for people.
  expect((await program.get("/brokers", { maxRedirects: 0 })).status()).toBe(307);
  await page.getByRole("button", { name: "Actions for Journey" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await expect(page.getByText("Journey no longer works")).toBeVisible();
  expect((await program.get("/api/v1/brokers?limit=1")).status()).toBe(401);
  await program.dispose();
});

test("an owner sees another team's finding without any way to act on it, by page and by address", async ({
  browser,
  baseURL,
}) => {
  const context = await stranger(browser, baseURL);
  const own = await context.newPage();
  await own.goto("/findings");
  await new SignInPage(own).signIn(TEST_OWNER);
  await expect(own.getByRole("heading", { level: 1, name: /^Findings/ })).toBeVisible();
  const json = async (path: string): Promise<unknown> => (await context.request.get(`/api/v1${path}`)).json();
  const session = z
    .object({ person: z.object({ owners: z.array(z.object({ key: z.string() })) }) })
    .parse(await json("/session"));
  const mine = new Set(session.person.owners.map(({ key }) => key));
  const { items: owners } = z
    .object({ items: z.array(z.object({ key: z.string(), findings: z.object({ total: z.number() }) })) })
    .parse(await json("/owners"));
  const theirs = owners.find(({ key, findings }) => !mine.has(key) && findings.total > 0);
  const { items } = z
    .object({ items: z.array(z.object({ id: z.number(), summary: z.string() })) })
    .parse(await json(`/findings?limit=1&filter=state=open&owner=${encodeURIComponent(theirs?.key ?? "")}`));
  const [finding] = items;
  if (!finding) throw new Error("no other team has an open finding");
  await own.goto(`/findings/${finding.id}`);
  await expect(own.getByRole("heading", { level: 1, name: finding.summary })).toBeVisible();
  for (const name of ["Acknowledge", "Claim fixed", "Ask for acceptance", "Ask for false positive", "Add comment"])
    await expect(own.getByRole("button", { name, exact: true })).toBeDisabled();
  for (const [path, data] of [
    ["acknowledge", { assignee: "me", note: "mine", targetOn: "2026-12-20" }],
    ["claim-fixed", { note: "" }],
    ["comments", { text: "hello" }],
    ["request-acceptance", { kind: "false-positive", reason: "none" }],
  ] as const) {
    const answer = await context.request.post(`/api/v1/findings/${finding.id}/${path}`, {
      data,
      headers: { origin: baseURL ?? "" },
    });
    expect([path, answer.status()]).toEqual([path, 403]);
  }
  for (const path of ["/settings?tab=people", "/settings?tab=sign-on"]) {
    await own.goto(path);
    await expect(own.getByRole("tab", { name: "People" })).toHaveCount(0);
  }
  await own.goto("/audit");
  await expect(own.getByRole("heading", { level: 1, name: "Not allowed" })).toBeVisible();
  await context.close();
});

test("a second factor is set up with an app, asked for at the next sign-in, and taken away", async ({
  browser,
  baseURL,
}) => {
  const context = await stranger(browser, baseURL);
  const own = await context.newPage();
  await own.goto("/profile");
  await new SignInPage(own).signIn(TEST_OWNER);
  await expect(own.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  await own.getByRole("button", { name: "Set up" }).click();
  const dialog = own.getByRole("dialog", { name: "Set up a second factor" });
  await dialog.getByLabel("Current password").fill(TEST_OWNER.password);
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  const secret = (await dialog.getByRole("region", { name: "the secret" }).innerText()).trim();
  const [backup = ""] = (await dialog.getByRole("region", { name: "the backup codes" }).innerText()).trim().split("\n");
  await dialog.getByLabel("Code that the app shows now").fill(await codeOf(secret));
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(own.getByText("From now on signing in asks for a code")).toBeVisible();

  const next = await stranger(browser, baseURL);
  const again = await next.newPage();
  await again.goto("/profile");
  await new SignInPage(again).signIn(TEST_OWNER);
  await expect(again.getByRole("heading", { level: 1, name: "Enter a code" })).toBeVisible();
  expect((await next.request.get("/api/v1/session")).status()).toBe(401);
  await again.getByLabel("Code", { exact: true }).fill("000000");
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(
    again.getByText("This code is wrong or has expired. After several wrong ones sign in with the password again.", {
      exact: true,
    }),
  ).toBeVisible();
  await again.getByText("Use a backup code").click();
  await again.getByLabel("Backup code", { exact: true }).fill(backup);
  await again.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(again.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  await again.getByRole("button", { name: "Turn off" }).click();
  const removal = again.getByRole("dialog", { name: "Turn the second factor off" });
  await removal.getByLabel("Current password").fill(TEST_OWNER.password);
  await removal.getByRole("button", { name: "Turn off" }).click();
  await expect(again.getByText("Not set up")).toBeVisible();
  await next.close();
  await context.close();
});

test("the audit says what protects it and shows its seals", async ({ page, api }) => {
  const { protection, role } = await api.get("auditSeals");
  expect(protection).toBe("trigger");
  await openPage(page, "/audit", /^Audit/);
  await expect(
    page.getByText(`A trigger of the database refuses changes and deletions; the application's role ${role}`),
  ).toBeVisible();
  await page.getByRole("button", { name: "Sealed months" }).click();
  await expect(page.getByRole("dialog", { name: "Sealed months" }).getByRole("table")).toBeVisible();
});

/** The code that an authenticator app shows for a secret in base32. */
async function codeOf(secret: string): Promise<string> {
  const { createOTP } = await import("@better-auth/utils/otp");
  const { base32 } = await import("@better-auth/utils/base32");
  return createOTP(new TextDecoder().decode(base32.decode(secret))).totp();
}
