import { createServer, connect as dial, type Socket } from "node:net";
import { z } from "zod";

/** Something between the product and its database that can be taken away. */
export interface DatabaseProxy {
  /** The address of the database by way of the proxy. */
  readonly url: string;
  /** Cuts every connection and refuses new ones: the server was stopped. */
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
  /** Passes nothing on, in either direction, and keeps all connections: the machine of the server hangs. */
  freeze(): void;
  /** Passes on what had to wait, and everything after it. */
  thaw(): void;
  close(): Promise<void>;
}

const tcp = z.object({ port: z.number() });

/** Puts a proxy before a database. */
export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((near) => {
    const far = dial({ host: target.hostname, port: Number(target.port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (frozen) from.pause();
      from.on("data", (chunk) => to.write(chunk));
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on("error", () => to.destroy());
      if (frozen) from.pause();
    }
  });
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(tcp.parse(server.address()).port));
    });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    stop,
    start: async () => void (await listen(port)),
    freeze: () => {
      frozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      frozen = false;
      for (const socket of sockets) socket.resume();
    },
    close: stop,
  };
}
