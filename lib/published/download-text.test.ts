import type { lookup } from "node:dns";
import { createServer, request as httpRequest, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type DownloadParts, downloadText } from "./download-text";

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A server on this machine in the place of a public one: its address is allowed, and asked without TLS. */
async function serve(listener: RequestListener): Promise<DownloadParts> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    isAllowed: (ip) => ip === "127.0.0.1",
    resolve: resolvingTo("127.0.0.1"),
    request: (url, options) =>
      httpRequest(new URL(`http://${url.hostname}:${port}${url.pathname}`), { ...options, agent: undefined }),
  };
}

function resolvingTo(...addresses: string[]): typeof lookup {
  const found = addresses.map((address) => ({ address, family: 4 }));
  // Only the form that asks for all addresses is used.
  return ((_: string, __: object, done: (error: null, all: typeof found) => void) =>
    done(null, found)) as unknown as typeof lookup;
}

const text = async (address: string, parts: DownloadParts) =>
  new TextDecoder().decode(await downloadText(address, parts));

describe("downloadText", () => {
  it("reads what a public host answers", async () => {
    const parts = await serve((_, response) => response.end('{"a":1}'));
    expect(await text("https://endoflife.example/api/x.json", parts)).toBe('{"a":1}');
  });

  it.each([
    ["http://endoflife.date/x", "https"],
    ["ftp://x", "https"],
    ["no address", "https"],
    ["https://user:secret@endoflife.date/", "password"],
    ["https://endoflife.date:8443/", "port"],
    ["https://127.0.0.1/", "not on the public internet"],
    ["https://0x7f.1/", "not on the public internet"],
    ["https://169.254.169.254/latest/meta-data/", "not on the public internet"],
    ["https://[::1]/", "not on the public internet"],
    ["https://[::ffff:10.0.0.1]/", "not on the public internet"],
  ])("refuses %s", async (address, why) => {
    await expect(downloadText(address)).rejects.toThrow(why);
  });

  it("refuses a name of which any address leads inside, without asking it", async () => {
    let asked = 0;
    const parts = await serve((_, response) => {
      asked += 1;
      response.end("{}");
    });
    const resolve = resolvingTo("1.1.1.1", "127.0.0.1");
    await expect(
      downloadText("https://rebinding.example/", { ...parts, resolve, isAllowed: (ip) => ip === "1.1.1.1" }),
    ).rejects.toThrow("not on the public internet");
    expect(asked).toBe(0);
  });

  it("does not follow a redirect, and names where it leads", async () => {
    const parts = await serve((_, response) => response.writeHead(302, { location: "https://127.0.0.1/x" }).end());
    await expect(downloadText("https://a.example/", parts)).rejects.toThrow("leads to https://127.0.0.1/x");
  });

  it("tells the status of a refusal", async () => {
    const parts = await serve((_, response) => response.writeHead(404).end());
    await expect(downloadText("https://a.example/", parts)).rejects.toThrow("answered 404");
  });

  it("stops at the limit, announced or not", async () => {
    const announced = await serve((_, response) => response.end("x".repeat(2000)));
    await expect(downloadText("https://a.example/", { ...announced, maxBytes: 1000 })).rejects.toThrow("larger than");
    server?.close();
    const streamed = await serve((_, response) => {
      response.write("x".repeat(800));
      response.end("x".repeat(800));
    });
    await expect(downloadText("https://a.example/", { ...streamed, maxBytes: 1000 })).rejects.toThrow("larger than");
  });

  it("gives up on a host that does not answer", async () => {
    const parts = await serve(() => {});
    await expect(downloadText("https://a.example/", { ...parts, timeoutMs: 50 })).rejects.toThrow("in time");
  });
});
