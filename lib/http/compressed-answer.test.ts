import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { route } from "@/lib/http/route";
import type { Ctx } from "@/lib/services/ctx";

const LONG = "x".repeat(5_000);
const ctx = async () => ({ actor: { kind: "system", name: "test", permissions: "all" } }) as unknown as Ctx;
const health = { status: "ok", version: LONG } as const;
const ask = (answer: typeof health | { status: "ok"; version: string }, encoding?: string) =>
  route(
    "health",
    ctx,
    async () => answer,
  )(new Request("http://127.0.0.1/api/v1/health", { headers: encoding ? { "accept-encoding": encoding } : {} }), {
    params: Promise.resolve({}),
  });

it("is compressed for a client that takes it, with the same content", async () => {
  for (let time = 0; time < 2; time++) {
    const response = await ask(health, "br, gzip");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("vary")).toBe("accept-encoding");
    const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString("utf8");
    expect(JSON.parse(text)).toEqual(health);
  }
});

it("stays as it is for a client that does not, and where it is short", async () => {
  const plain = await ask(health);
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.json()).toEqual(health);
  expect((await ask({ status: "ok", version: "1" }, "gzip")).headers.get("content-encoding")).toBeNull();
});
