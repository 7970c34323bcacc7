import { resolve } from "node:path";
import { OperatorError } from "../operator-error.mjs";

/**
 * The few settings that matter before packages are installed, so that a taken port is told at once and not after minutes.
 * lib/env.ts checks all of them, with zod, as soon as it can be loaded.
 */
export function earlySettings(root, environment = process.env) {
  const portText = environment.PORT || "3000";
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port < 1 || port > 65_535) {
    throw new OperatorError("PORT must be a port number from 1 to 65535.", "for example PORT=3001");
  }
  const host = environment.HOST || "127.0.0.1";
  const local = host === "localhost" || host.startsWith("127.") || /^\[?::1\]?$/.test(host);
  if (!local && (environment.MQ_STEWARD_SECRET ?? "").trim().length < 32) {
    throw new OperatorError(
      `HOST=${host} lets other machines reach the sign-in page, and MQ_STEWARD_SECRET is not set or too short.`,
      "set it to at least 32 random characters, for example the output of `openssl rand -base64 48`, or leave HOST at 127.0.0.1",
    );
  }
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return {
    port,
    host,
    address: `http://${name.includes(":") && !name.startsWith("[") ? `[${name}]` : name}:${port}`,
    dataDirectory: resolve(root, environment.MQ_STEWARD_DATA_DIR || ".data"),
    hasDatabase: Boolean(environment.DATABASE_URL),
  };
}
