import { createServer } from "node:net";

/** "free", or the system's error code for listening there now (EADDRINUSE, EACCES, EADDRNOTAVAIL ...). */
export async function probePort(port, host = "127.0.0.1") {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve("free")));
  });
}

/** The preferred port when it is free, else one the system picks. */
export async function choosePort(preferred, host = "127.0.0.1") {
  if (preferred !== undefined && (await probePort(preferred, host)) === "free") return preferred;
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host, exclusive: true }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
