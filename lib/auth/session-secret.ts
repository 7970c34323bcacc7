import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EnvError } from "@/lib/env";
import { isLoopbackName } from "./authenticator";

const FILE = "session-secret";

/** Refuses (EnvError) to listen beyond this machine without a configured secret. */
export function assertMayListen({ host, secret }: { host: string; secret: string | undefined }): void {
  if (secret !== undefined || isLoopbackName(host)) return;
  throw new EnvError(
    `HOST=${host} lets other machines reach the sign-in page, and no secret is configured: set MQ_STEWARD_SECRET to at least 32 random characters (for example the output of \`openssl rand -base64 48\`), or leave HOST at 127.0.0.1`,
  );
}

/**
 * The secret that sessions are signed with: the configured one, or, where only this machine can reach the server, one of the data folder, made at the
 * first start and readable by its owner alone. Throws an EnvError where neither may be.
 */
export function sessionSecret(settings: { host: string; secret: string | undefined; dataDirectory: string }): string {
  if (settings.secret !== undefined) return settings.secret;
  assertMayListen(settings);
  const path = join(settings.dataDirectory, FILE);
  mkdirSync(settings.dataDirectory, { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
  const secret = readFileSync(path, "utf8").trim();
  if (secret.length >= 32) return secret;
  throw new EnvError(`${path} holds no secret: delete it and start again, which signs everybody out`);
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
