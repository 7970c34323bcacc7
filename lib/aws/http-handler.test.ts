import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_HTTP_OPTIONS, PooledHttpHandler, TransportError } from "./http-handler";

let server: Server | undefined;
let handler: PooledHttpHandler | undefined;

afterEach(() => {
  handler?.close();
  server?.closeAllConnections();
  server?.close();
});

async function start(answer: (response: ServerResponse, count: number) => void): Promise<number> {
  let count = 0;
  server = createServer((request, response) => {
    count += 1;
    request.resume();
    answer(response, count);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

const IMPATIENT = { requestTimeoutMs: 150 };

function send(port: number, options = {}) {
  handler = new PooledHttpHandler({ ...DEFAULT_HTTP_OPTIONS, ...options });
  return sendAgain(port);
}

function sendAgain(port: number, more = {}) {
  if (!handler) throw new Error("no handler");
  return handler.handle({
    protocol: "http:",
    hostname: "127.0.0.1",
    port,
    method: "GET",
    path: "/x",
    headers: {},
    ...more,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "answered",
    (error) => (error instanceof TransportError ? error.failure : error.code),
  );
}

describe("the HTTP handler", () => {
  it("gives status, headers and the whole body", async () => {
    const port = await start((response) => {
      response.writeHead(207, { "x-one": "1", "set-cookie": ["a", "b"] });
      response.write("first ");
      setTimeout(() => response.end("second"), 5);
    });
    const { response } = await send(port);
    expect(response).toMatchObject({ statusCode: 207, headers: { "x-one": "1", "set-cookie": "a,b" } });
    expect(new TextDecoder().decode(response.body)).toBe("first second");
  });

  it("sends query, body and who calls", async () => {
    const seen: unknown[] = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        seen.push(request.method, request.url, body, request.headers["user-agent"]);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    await send(0).catch(() => undefined);
    await sendAgain(typeof address === "object" && address ? address.port : 0, {
      method: "POST",
      query: { b: "x y/&", a: ["1", "2"] },
      body: "text",
    });
    expect(seen).toEqual(["POST", "/x?b=x%20y%2F%26&a=1&a=2", "text", "mq-steward"]);
  });

  it("gives up on a server that never answers", async () => {
    expect(await failureOf(send(await start(() => undefined), IMPATIENT))).toBe("timeout");
  });

  it("gives up on a body that stalls after the headers", async () => {
    const port = await start((response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half");
    });
    expect(await failureOf(send(port, IMPATIENT))).toBe("timeout");
  });

  it("calls a body that ends too early cut", async () => {
    const port = await start((response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => response.destroy());
    });
    expect(await failureOf(send(port))).toBe("cut");
  });

  it("passes on that nothing listens", async () => {
    const port = await start((response) => response.end());
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    expect(await failureOf(send(port))).toBe("ECONNREFUSED");
  });

  it("stops reading an answer that is too long", async () => {
    const port = await start((response) => response.end("x".repeat(10_000)));
    expect(await failureOf(send(port, { maxBodyBytes: 1_000 }))).toBe("too-large");
  });

  it("keeps connections and uses them again", async () => {
    const ports = new Set<number | undefined>();
    server = createServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("{}");
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    await send(port);
    for (let index = 0; index < 5; index += 1) await sendAgain(port);
    expect(ports.size).toBe(1);
  });
});
