import { AppError } from "@/lib/domain/errors";

/** Prisma and PostgreSQL codes (and socket errors) that mean: the database is not there now. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const CODES = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2037",
  "57P01",
  "57P02",
  "57P03",
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
  "53300",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
]);
const TEXT =
  /ECONNREFUSED|ECONNRESET|Can't reach database server|Connection terminated|connection timeout|Query read timeout|timeout exceeded when trying to connect|the database system is (starting up|shutting down)|terminating connection|Server has closed the connection|Unable to start a transaction/i;

function saysDisconnected(error: unknown, depth = 0): boolean {
  if (depth > 4 || typeof error !== "object" || error === null) return false;
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && CODES.has(code)) return true;
  if (error instanceof Error && TEXT.test(error.message)) return true;
  const meta = "meta" in error ? error.meta : undefined;
  const cause = "cause" in error ? error.cause : undefined;
  return (
    saysDisconnected(meta, depth + 1) ||
    saysDisconnected(cause, depth + 1) ||
    ("driverAdapterError" in error && saysDisconnected(error.driverAdapterError, depth + 1))
  );
}

/** The error itself, or AppError "unavailable" when it says that the database could not be reached. */
export function unavailableWhenConnectionFailed(error: unknown): unknown {
  if (error instanceof AppError || !saysDisconnected(error)) return error;
  return new AppError("unavailable", "The database does not answer. It is retried by itself; nothing is lost.", {
    cause: error,
  });
}
