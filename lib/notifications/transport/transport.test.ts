import { afterEach, describe, expect, it } from "vitest";
import { buildMessage } from "@/lib/testing/build-notification";
import { SmtpRefusal, startHttpReceiver, startSilentServer, startSmtpReceiver } from "@/lib/testing/receivers";
import { mailOf } from "../email";
import { post, retryAfterMs } from "./http";
import { sendMail } from "./smtp";

const LOOPBACK = ["127.0.0.1"];
const NOW = new Date("2026-11-20T08:00:00Z");
const open: { close(): Promise<void> }[] = [];
const kept = async <T extends { close(): Promise<void> }>(server: Promise<T>): Promise<T> => {
  const started = await server;
  open.push(started);
  return started;
};
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const send = (
  url: string,
  options: { allowed?: readonly string[]; timeoutMs?: number; resolve?: () => Promise<string[]> } = {},
) =>
  post(
    { url, headers: { "content-type": "application/json" }, body: '{"a":1}' },
    { allowed: LOOPBACK, now: () => NOW, ...options },
  );

describe("posting to a webhook", () => {
  it("is sent when the receiver answers 2xx", async () => {
    const receiver = await kept(startHttpReceiver());
    expect(await send(receiver.url)).toEqual({ kind: "sent", detail: "HTTP 204" });
    expect(receiver.requests).toMatchObject([{ path: "/in", body: '{"a":1}' }]);
  });

  it.each([
    [500, {}, { permanent: false, retryAfterMs: null }],
    [503, { "retry-after": "120" }, { permanent: false, retryAfterMs: 120_000 }],
    [429, { "retry-after": "Fri, 20 Nov 2026 08:00:30 GMT" }, { permanent: false, retryAfterMs: 30_000 }],
    [408, {}, { permanent: false, retryAfterMs: null }],
    [400, {}, { permanent: true, retryAfterMs: null }],
    [404, {}, { permanent: true, retryAfterMs: null }],
    [410, {}, { permanent: true, retryAfterMs: null }],
  ])("is refused by %i", async (status, headers, expected) => {
    const receiver = await kept(
      startHttpReceiver((_request, response) => void response.writeHead(status, headers).end("no")),
    );
    expect(await send(receiver.url)).toEqual({ kind: "refused", message: `HTTP ${status}: no`, ...expected });
  });

  it("follows no redirect", async () => {
    const target = await kept(startHttpReceiver());
    const receiver = await kept(
      startHttpReceiver((_request, response) => void response.writeHead(307, { location: target.url }).end()),
    );
    expect(await send(receiver.url)).toMatchObject({ kind: "refused", permanent: true });
    expect(target.requests).toEqual([]);
  });

  it("is unknown when no answer comes, and when the connection is cut after the request", async () => {
    const silent = await kept(startHttpReceiver(() => {}));
    expect(await send(silent.url, { timeoutMs: 200 })).toMatchObject({ kind: "unknown" });
    const cutting = await kept(startHttpReceiver((_request, response) => void response.socket?.destroy()));
    expect(await send(cutting.url)).toMatchObject({ kind: "unknown" });
  });

  it("is refused, to be tried again, where nobody listens or the name leads nowhere", async () => {
    const gone = await startSilentServer();
    await gone.close();
    expect(await send(`http://127.0.0.1:${gone.port}/`)).toMatchObject({ kind: "refused", permanent: false });
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    expect(await send("http://nowhere.example.com/", { resolve })).toMatchObject({ kind: "refused", permanent: false });
  });

  it("never leaves for loopback that is not allowed, however it is written", async () => {
    const receiver = await kept(startHttpReceiver());
    const { port } = new URL(receiver.url);
    for (const host of ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"])
      expect(await send(`http://${host}:${port}/in`, { allowed: [] }), host).toMatchObject({
        kind: "refused",
        permanent: true,
      });
    expect(await send(`http://user:pass@127.0.0.1:${port}/in`)).toMatchObject({ kind: "refused", permanent: true });
    expect(await send("file:///etc/passwd")).toMatchObject({ kind: "refused", permanent: true });
    expect(receiver.requests).toEqual([]);
  });

  it("connects to the very address that was checked, though the name answers otherwise a moment later", async () => {
    const receiver = await kept(startHttpReceiver());
    const answers = [["127.0.0.1"], ["10.255.255.1"]];
    const resolve = async () => answers.shift() ?? [];
    const url = `http://rebinding.example.com:${new URL(receiver.url).port}/in`;
    expect(await send(url, { allowed: ["127.0.0.1"], resolve, timeoutMs: 1_000 })).toMatchObject({ kind: "sent" });
    expect(receiver.requests[0]?.headers.host).toContain("rebinding.example.com");
  });

  it.each([
    [undefined, null],
    ["soon", null],
    ["999999999", 6 * 3_600_000],
    ["Fri, 20 Nov 2026 07:00:00 GMT", 0],
  ])("reads Retry-After %s", (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));
});

const mail = (port: number, overrides: object = {}) =>
  mailOf(buildMessage({ recipientName: "Ana São", ...overrides }), {
    settings: { host: "127.0.0.1", port, security: "none", from: "steward@example.com", user: "" },
    secrets: {},
  });

describe("handing a mail to its server", () => {
  it("delivers HTML and text under a Message-ID that stays", async () => {
    const server = await kept(startSmtpReceiver());
    const first = mail(server.port, {
      attachments: [{ name: "r.pdf", contentType: "application/pdf", content: Buffer.from("%PDF") }],
    });
    expect(await sendMail(first, { allowed: LOOPBACK })).toMatchObject({ kind: "sent" });
    expect(server.mails).toMatchObject([{ to: "ana@example.com", messageId: first.messageId }]);
    for (const words of [
      "text/plain",
      "text/html",
      "application/pdf",
      "filename=r.pdf",
      "Auto-Submitted: auto-generated",
    ])
      expect(server.mails[0]?.raw).toContain(words);
  });

  it.each([
    [450, false],
    [550, true],
  ])("is refused by %i", async (code, permanent) => {
    const server = await kept(
      startSmtpReceiver({
        onRecipient: () => {
          throw new SmtpRefusal(code, "not now");
        },
      }),
    );
    expect(await sendMail(mail(server.port), { allowed: LOOPBACK })).toMatchObject({ kind: "refused", permanent });
  });

  it("is unknown when the connection is cut after all of the mail, and refused when it is cut before", async () => {
    const cutting = await kept(startSmtpReceiver({ onMail: () => "cut" }));
    expect(await sendMail(mail(cutting.port), { allowed: LOOPBACK })).toMatchObject({ kind: "unknown" });
    const silent = await kept(startSilentServer());
    expect(await sendMail(mail(silent.port), { allowed: LOOPBACK, timeoutMs: 200 })).toMatchObject({
      kind: "refused",
      permanent: false,
    });
  });

  it("never leaves for an address that is not allowed", async () => {
    const server = await kept(startSmtpReceiver());
    expect(await sendMail(mail(server.port), { allowed: [] })).toMatchObject({ kind: "refused", permanent: true });
    expect(server.mails).toEqual([]);
  });

  it("asks for TLS where it is set, and hands nothing over without it", async () => {
    const server = await kept(startSmtpReceiver());
    const { server: settings, ...rest } = mail(server.port);
    const outcome = await sendMail({ ...rest, server: { ...settings, security: "starttls" } }, { allowed: LOOPBACK });
    expect(outcome).toMatchObject({ kind: "refused" });
    expect(server.mails).toEqual([]);
  });
});
