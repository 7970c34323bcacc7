import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { quarterlyReport, reportDetail, reportIssued, reportPage } from "@/lib/contracts/reports";
import { formatCell, formatFigure } from "@/lib/domain/format-figure";
import type { QuarterlyReport } from "@/lib/domain/report-document";
import type { Mail, SendOutcome } from "@/lib/notifications/define-channel";
import { printable, registerFonts } from "@/lib/pdf/fonts";
import { flatFigures } from "@/lib/reports/flat-figures";
import { deriveNotifications } from "@/lib/services/derive-notifications";
import { issueScheduledReport } from "@/lib/services/issue-scheduled-report";
import { sendNotifications } from "@/lib/services/send-notifications";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";
import { deriveInTests } from "@/lib/testing/example-link";
import { readPdf } from "@/lib/testing/read-pdf";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus", "customs-gw"];

let api: ApiHarness;

beforeAll(async () => {
  registerFonts();
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  for (const day of ["2026-09-15", "2026-09-30", "2026-10-01"]) await api.sync(`${day}T06:00:00Z`, COSTS_AND_METRICS);
}, 300_000);
afterAll(() => api.close());

const post = (body: unknown) => api.call("POST", "/api/v1/reports", { body });
const file = (id: number, format: string, query = "") =>
  api.call("GET", `/api/v1/reports/${id}/export/${format}${query}`);
const detail = async (id: number) => reportDetail.parse(await api.get(`/api/v1/reports/${id}`));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** As paper shows it, without white space. */
const compact = (text: string) => printable(text).replace(/\s/g, "");
async function issued(body: unknown, status = 201) {
  const answer = await post(body);
  expect(answer.status, answer.text).toBe(status);
  return reportIssued.parse(answer.json());
}

describe("the report of a quarter that is over", () => {
  let id: number;

  it("is issued on the first working day after it, once, as preliminary, and says why it is not final", async () => {
    const ctx = await api.ctx();
    expect(await issueScheduledReport({ ctx })).toBe("preliminary");
    expect(await issueScheduledReport({ ctx })).toBeNull();
    const { items, total } = reportPage.parse(await api.get("/api/v1/reports?quarter=2026-Q3"));
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      quarter: "2026-Q3",
      number: 1,
      stage: "preliminary",
      start: "2026-07-01",
      endExclusive: "2026-10-01",
    });
    expect(items[0]?.open).toEqual([
      "It can be final from 2026-10-10 on.",
      "The register of incidents and drills is not attested for 2026-Q3.",
    ]);
    id = items[0]?.id ?? 0;
    const { items: events } = (await api.get("/api/v1/audit?action=report")) as { items: { action: string }[] };
    expect(events.map(({ action }) => action)).toEqual(["report.issue"]);
    expect(
      await ctx.db.rows(
        `SELECT kind, facts->>'reportId' AS report FROM notification_event WHERE kind = 'report-ready'`,
      ),
    ).toEqual([{ kind: "report-ready", report: String(id) }]);
  });

  it("is mailed to managers with the next digest, the very PDF of the download attached", async () => {
    const ctx = await api.ctx();
    const issuedAt = api.clock.now();
    await ctx.db.execute(
      `INSERT INTO person (id, name, email, role, created_at, updated_at) VALUES ('max', 'Max', 'max@example.com', 'manager', now(), now())`,
    );
    const settings = {
      host: "mail.example.com",
      port: 587,
      security: "starttls",
      from: "steward@example.com",
      user: "",
    };
    const channel = await api.call("POST", "/api/v1/notifications/channels", {
      body: { kind: "email", name: "Mail", settings },
    });
    expect(channel.status, channel.text).toBe(201);
    await deriveNotifications({ ctx });
    api.clock.set(new Date(issuedAt.getTime() + 86_400_000));
    const mails: Mail[] = [];
    const refuse = async (): Promise<SendOutcome> => ({ kind: "unknown", message: "not meant" });
    await sendNotifications({
      ctx: await api.ctx(),
      input: {
        derive: deriveInTests,
        transports: {
          smtp: async (mail) => {
            mails.push(mail);
            return { kind: "sent", detail: "" };
          },
          http: refuse,
          sns: refuse,
          wallNow: () => new Date(0),
        },
      },
    });
    api.clock.set(issuedAt);
    const [mail] = mails.filter(({ to }) => to.address === "max@example.com");
    expect(mail?.text).toContain("The preliminary report of 2026-Q3 is ready");
    const [attached] = mail?.attachments ?? [];
    expect(attached?.name).toBe("amazon-mq-2026-Q3-v1-preliminary.pdf");
    expect(sha256(attached?.content ?? Buffer.of())).toBe(sha256((await file(id, "pdf")).bytes));
  }, 60_000);

  it("is the same file for the same version, whatever happens afterwards", async () => {
    const before = await Promise.all(
      ["json", "csv", "xlsx"].map(async (format) => sha256((await file(id, format)).bytes)),
    );
    const pdf = sha256((await file(id, "pdf")).bytes);
    expect(before[0]).toBe((await detail(id)).report.sha256);
    await api.sync("2026-10-02T06:00:00Z", COSTS_AND_METRICS);
    const after = await Promise.all(
      ["json", "csv", "xlsx"].map(async (format) => sha256((await file(id, format)).bytes)),
    );
    expect(after).toEqual(before);
    expect(sha256((await file(id, "pdf")).bytes)).toBe(pdf);
  }, 120_000);

  it("holds every figure of the API in its PDF, row by row, with page numbers, outline and embedded fonts", async () => {
    const { document } = await detail(id);
    const answer = await file(id, "pdf", "?paper=letter");
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    const { pages, outline, notEmbedded } = readPdf(answer.bytes);
    expect(notEmbedded).toEqual([]);
    pages.slice(1).forEach((page, index) => {
      expect(page).toContain(`Page${index + 2}of${pages.length}`);
    });
    expect(outline).toEqual(["Cover", ...document.sections.map(({ title }) => title)]);
    const text = pages.join("");
    for (const sentence of document.summary) expect(text).toContain(compact(sentence));
    for (const row of rowsOf(document)) expect(text).toContain(row);
    expect(rowsOf(document).length).toBeGreaterThan(100);
  }, 120_000);

  it("has no pages of owners in its short form", async () => {
    const { document } = await detail(id);
    const { outline } = readPdf((await file(id, "pdf", "?owners=none")).bytes);
    expect(outline).toEqual([
      "Cover",
      ...document.sections.filter(({ group }) => group !== "owner").map(({ title }) => title),
    ]);
  }, 60_000);

  it("holds every figure in its CSV", async () => {
    const { document } = await detail(id);
    const lines = (await file(id, "csv")).text.trimEnd().split("\r\n");
    const figures = flatFigures(document);
    expect(lines.length).toBe(figures.length + 1);
    figures.forEach(({ figure }, index) => {
      if (figure.value !== null) expect(lines[index + 1]).toContain(`,${figure.value},${figure.unit},`);
    });
  });

  it("has numbers, days and frozen headers in its spreadsheet, and complete lists", async () => {
    const { document } = await detail(id);
    const sheets = unzip((await file(id, "xlsx")).bytes);
    const names = [...(sheets.get("xl/workbook.xml") ?? "").matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(["Summary", "Key figures", "All figures", ...document.lists.map(({ title }) => title)]);
    for (let number = 1; number <= names.length; number++) {
      expect(sheets.get(`xl/worksheets/sheet${number}.xml`)).toContain(
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
      );
    }
    const all = sheets.get("xl/worksheets/sheet3.xml") ?? "";
    const known = flatFigures(document).filter(({ figure }) => figure.value !== null);
    const values = [...all.matchAll(/<c r="E\d+" s="\d"><v>([^<]+)<\/v>/g)].map(([, value]) => Number(value));
    expect(values.length).toBe(known.length);
    known.forEach(({ figure }, index) => {
      expect(values[index]).toBeCloseTo(Number(figure.value), 6);
    });
    document.lists.forEach(({ rows }, index) => {
      const sheet = sheets.get(`xl/worksheets/sheet${index + 4}.xml`) ?? "";
      expect(sheet.match(/<row /g)?.length).toBe(rows + 1);
    });
  });

  it("cannot be changed or deleted in the database", async () => {
    const { db } = await api.ctx();
    await expect(db.execute("UPDATE quarterly_report SET stage = 'final'")).rejects.toThrow(/append-only/);
    await expect(db.execute("DELETE FROM quarterly_report")).rejects.toThrow(/append-only/);
  });

  it("is final when the register is attested and its day has come; a correction needs a reason", async () => {
    await api.sync("2026-10-12T06:00:00Z", COSTS_AND_METRICS);
    expect(
      (await api.call("POST", "/api/v1/register/attestations", { body: { quarter: "2026-Q3", note: "" } })).status,
    ).toBe(201);
    expect(await issueScheduledReport({ ctx: await api.ctx() })).toBe("final");
    const again = await issued({ quarter: "2026-Q3" });
    expect(again).toMatchObject({ created: false, report: { number: 2, stage: "final", open: [] } });
    const incident = {
      title: "Orders down",
      startedAt: "2026-08-10T10:00:00Z",
      endedAt: "2026-08-10T11:00:00Z",
      cause: "broker-failure",
      planned: false,
      note: "",
      brokerIds: [brokerPage.parse(await api.get("/api/v1/brokers?limit=1")).items[0]?.id],
      applicationIds: [],
    };
    const recorded = await api.call("POST", "/api/v1/register/incidents", { body: incident });
    expect(recorded.status, recorded.text).toBe(201);
    expect((await post({ quarter: "2026-Q3" })).status).toBe(409);
    const corrected = await issued({ quarter: "2026-Q3", reason: "An incident was forgotten." });
    expect(corrected).toMatchObject({
      created: true,
      report: { number: 3, stage: "correction", reason: "An incident was forgotten." },
    });
    expect((await detail(id)).report).toMatchObject({ number: 1, superseded: true });
  });

  it("fixes the meaning of quarters", async () => {
    const answer = await api.call("PATCH", "/api/v1/settings", { body: { fiscalYearStartMonth: 4 } });
    expect(answer.status).toBe(409);
  });
});

describe("other reports", () => {
  it("are to date while the quarter runs, and refused before it begins", async () => {
    const { report } = await issued({ quarter: "2026-Q4" });
    expect(report).toMatchObject({
      stage: "to-date",
      asOf: "2026-10-12T06:00:00.000Z",
      open: ["2026-Q4 is not over: every figure is to date."],
    });
    expect((await post({ quarter: "2027-Q1" })).status).toBe(400);
    expect((await post({ quarter: "third" })).status).toBe(400);
  });

  it("are about an account or an owner, and hold nothing of others", async () => {
    const { db } = await api.ctx();
    const [owner] = await db.rows<{ id: number; key: string }>(
      "SELECT o.id, o.key FROM owner o JOIN broker b ON b.owner_id = o.id ORDER BY o.id LIMIT 1",
    );
    const { report } = await issued({ quarter: "2026-Q3", scope: "owner", key: owner?.key });
    const { document } = await detail(report.id);
    expect(document.sections.filter(({ group }) => group === "owner").map(({ id: name }) => name)).toEqual([
      `owner:${owner?.key}`,
    ]);
    const [account] = await db.rows<{ accountId: string }>(
      `SELECT account_id AS "accountId" FROM broker ORDER BY id LIMIT 1`,
    );
    const ofAccount = await detail(
      (await issued({ quarter: "2026-Q3", scope: "account", key: account?.accountId })).report.id,
    );
    const list = JSON.stringify(ofAccount.document.sections.find(({ id: name }) => name === "breakdown"));
    expect(list).toContain("By owner");
    expect((await post({ quarter: "2026-Q3", scope: "owner", key: "nobody-at-all" })).status).toBe(400);
  });

  it("are seen and made by an owner for his own team alone, and not at all by viewers", async () => {
    const { db } = await api.ctx();
    const owners = await db.rows<{ id: number; key: string }>(
      "SELECT o.id, o.key FROM owner o JOIN broker b ON b.owner_id = o.id GROUP BY o.id ORDER BY o.id LIMIT 2",
    );
    const [mine, other] = owners;
    const theirs = (await issued({ quarter: "2026-Q3", scope: "owner", key: other?.key })).report.id;
    const whole = reportPage.parse(await api.get("/api/v1/reports?scope=all")).items[0]?.id ?? 0;
    api.actAs(buildPersonActor({ role: "owner", ownerIds: [mine?.id ?? 0] }));
    const own = await issued({ quarter: "2026-Q3", scope: "owner", key: mine?.key });
    expect((await post({ quarter: "2026-Q3" })).status).toBe(403);
    expect((await post({ quarter: "2026-Q3", scope: "owner", key: other?.key })).status).toBe(403);
    const seen = reportPage.parse(await api.get("/api/v1/reports"));
    expect(seen.items.map(({ scope }) => scope.key)).toEqual([mine?.key]);
    expect(seen.scopes.map(({ key }) => key)).toEqual([mine?.key]);
    expect((await file(own.report.id, "json")).status).toBe(200);
    for (const id of [theirs, whole]) {
      for (const format of ["pdf", "xlsx", "csv", "json"]) expect((await file(id, format)).status).toBe(404);
      expect((await api.call("GET", `/api/v1/reports/${id}`)).status).toBe(404);
    }
    api.actAs(buildPersonActor({ role: "viewer" }));
    expect((await api.call("GET", "/api/v1/reports")).status).toBe(403);
    api.actAs(null);
  });

  it("downloads JSON that is the report itself", async () => {
    const [first] = reportPage.parse(await api.get("/api/v1/reports")).items;
    const answer = await file(first?.id ?? 0, "json");
    expect(sha256(answer.bytes)).toBe(first?.sha256);
    expect(quarterlyReport.parse(answer.json())).toEqual((await detail(first?.id ?? 0)).document);
  });
});

/** What a PDF must show of a report, without white space: each row of its tables, and each headline figure. */
function rowsOf(report: QuarterlyReport): string[] {
  return report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind === "figures")
        return block.items.map(({ label, figure }) => compact(label + formatFigure(figure)));
      if (block.kind === "table") return block.rows.map((cells) => compact(cells.map(formatCell).join("")));
      if (block.kind === "bars")
        return block.bars.map(({ label, values: [value = null], estimated }) =>
          compact(
            `${formatFigure({ value, unit: block.unit, currency: block.currency, unknown: null, n: null, basis: null })}${label}${estimated ? "*" : ""}`,
          ),
        );
      return [];
    }),
  );
}

/** The files of a ZIP archive as text. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes);
  const files = new Map<string, string>();
  let at = 0;
  while (buffer.readUInt32LE(at) === 0x04034b50) {
    const [size, nameLength] = [buffer.readUInt32LE(at + 18), buffer.readUInt16LE(at + 26)];
    const name = buffer.toString("utf8", at + 30, at + 30 + nameLength);
    const start = at + 30 + nameLength;
    files.set(name, inflateRawSync(buffer.subarray(start, start + size)).toString("utf8"));
    at = start + size;
  }
  return files;
}
