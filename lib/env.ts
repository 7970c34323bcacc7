import { z } from "zod";

/**
 * The settings of every process, read from the environment here and nowhere else. The AWS_* variables are not among them:
 * the AWS SDK reads those itself, as in every AWS tool.
 */
export interface Env {
  /** PostgreSQL to use; undefined lets the supervisor run the embedded one. */
  readonly databaseUrl: string | undefined;
  /** The role that owns the tables and runs migrations, where the application's own (databaseUrl) may not rewrite the audit. */
  readonly migrationDatabaseUrl: string | undefined;
  /** Months of audit events that are kept in the database besides the current one; undefined keeps all. */
  readonly auditRetentionMonths: number | undefined;
  /** Server on which tests make their databases; undefined lets them run an embedded one. */
  readonly testDatabaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded database, logs and locks, as given: relative to the project's folder, or absolute. */
  readonly dataDirectory: string;
  /** demo and test let the business clock follow a row in the database; production has none but the real time. */
  readonly mode: "production" | "demo" | "test";
  /** Host names (without port) that requests may name beside `host` and the loopback names. */
  readonly allowedHosts: readonly string[];
  readonly logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  /** When the worker starts a sync by itself: five cron fields, UTC. */
  readonly syncCron: string;
  /** Signs sessions; undefined lets a server that only this machine can reach make one of its own. */
  readonly secret: string | undefined;
  /** OpenID Connect single sign-on beside the local accounts; undefined without it. */
  readonly singleSignOn: SingleSignOnSettings | undefined;
  /** Which program draws PDFs: the bundled one, or the source (tests, which make no bundles). */
  readonly reportRenderer: "bundle" | "source";
  /** First day of the demo's living calendar (YYYY-MM-DD); undefined pins it to the day of the first start. */
  readonly demoAnchor: string | undefined;
}

/** How the OpenID provider is reached, and where it says which groups somebody is in. */
export interface SingleSignOnSettings {
  /** Issuer, whose discovery document says everything else. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  readonly groupsClaim: string;
  /** What the button of the sign-in page says. */
  readonly label: string;
}

/** A setting that cannot be used: the message names the variable and the way out. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

const postgresUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol), {
    error: "must be a PostgreSQL address, for example postgresql://user:password@127.0.0.1:5432/mq_steward",
  })
  .refine((text) => !URL.canParse(text) || new URL(text).pathname.length > 1, {
    error: "must name a database after the port, for example .../mq_steward",
  });

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: "must be a port number from 1 to 65535, for example PORT=3001" })
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, {
    error: "must be a port number from 1 to 65535, for example PORT=3001",
  });

const hostName = /^(\[[0-9a-fA-F:.]+\]|[0-9a-fA-F:.]+|[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9-]+)*)$/;

const cronField = String.raw`(\*|\d+(-\d+)?)(\/\d+)?(,(\*|\d+(-\d+)?)(\/\d+)?)*`;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const issuerAddress = z
  .string()
  .trim()
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, hostname, username, search, hash } = new URL(text);
      const safe = protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
      return safe && username === "" && search === "" && hash === "";
    },
    { error: "must be the issuer's https address, for example https://login.example.com/realms/main" },
  );

const variables = z.object({
  DATABASE_URL: postgresUrl.optional(),
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  MQ_STEWARD_AUDIT_RETENTION_MONTHS: z
    .string()
    .regex(/^\d{1,4}$/, { error: "must be a number of months from 3 to 1200" })
    .transform(Number)
    .refine((months) => months >= 3 && months <= 1200, { error: "must be a number of months from 3 to 1200" })
    .optional(),
  TEST_DATABASE_URL: postgresUrl.optional(),
  PORT: port.default(3000),
  HOST: z
    .string()
    .regex(hostName, { error: "must be an address or host name to listen on, for example 127.0.0.1 or 0.0.0.0" })
    .default("127.0.0.1"),
  MQ_STEWARD_DATA_DIR: z
    .string()
    .refine((text) => !text.includes("\0"), { error: "must be a folder name" })
    .default(".data"),
  MQ_STEWARD_MODE: z
    .enum(["production", "demo", "test"], { error: "must be production, demo or test" })
    .default("production"),
  MQ_STEWARD_ALLOWED_HOSTS: z
    .string()
    .transform((text) => text.split(",").map((name) => name.trim().toLowerCase()))
    .refine((names) => names.every((name) => hostName.test(name)), {
      error: "must be host names without port, separated by commas, for example steward.example.com,steward.internal",
    })
    .default([]),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("info"),
  MQ_STEWARD_SYNC_CRON: z
    .string()
    .trim()
    .regex(new RegExp(`^${cronField}( +${cronField}){4}$`), {
      error: 'must be five cron fields in UTC (minute hour day month weekday), for example "0 */6 * * *"',
    })
    .default("0 */6 * * *"),
  MQ_STEWARD_SECRET: z
    .string()
    .trim()
    .min(32, { error: "must be at least 32 characters, for example the output of `openssl rand -base64 48`" })
    .optional(),
  MQ_STEWARD_OIDC_ISSUER: issuerAddress.optional(),
  MQ_STEWARD_OIDC_CLIENT_ID: z.string().trim().min(1).max(1000).optional(),
  MQ_STEWARD_OIDC_CLIENT_SECRET: z.string().trim().min(1).max(5000).optional(),
  MQ_STEWARD_OIDC_SCOPES: z
    .string()
    .trim()
    .regex(/(^| )openid( |$)/, { error: 'must name scopes separated by spaces, "openid" among them' })
    .default("openid profile email"),
  MQ_STEWARD_OIDC_GROUPS_CLAIM: z.string().trim().min(1).max(200).default("groups"),
  MQ_STEWARD_OIDC_LABEL: z.string().trim().min(1).max(60).default("Sign in with single sign-on"),
  MQ_STEWARD_REPORT_RENDERER: z.enum(["bundle", "source"], { error: "must be bundle or source" }).default("bundle"),
  MQ_STEWARD_DEMO_ANCHOR: z.iso.date({ error: "must be a day, for example 2026-01-31" }).optional(),
});

/**
 * Checks a record of variables (process.env or a test's own). An empty text counts as not set, because `X= npm start` and
 * compose files write it so. Throws an EnvError that names every unusable variable and its way out; values are not
 * repeated, since DATABASE_URL holds a password.
 */
export function parseEnv(record: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = variables.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new EnvError(`Unusable settings:\n${[...new Set(problems)].map((line) => `  ${line}`).join("\n")}`);
  }
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.MIGRATION_DATABASE_URL,
    auditRetentionMonths: values.MQ_STEWARD_AUDIT_RETENTION_MONTHS,
    testDatabaseUrl: values.TEST_DATABASE_URL,
    port: values.PORT,
    host: values.HOST,
    dataDirectory: values.MQ_STEWARD_DATA_DIR,
    mode: values.MQ_STEWARD_MODE,
    allowedHosts: values.MQ_STEWARD_ALLOWED_HOSTS,
    logLevel: values.LOG_LEVEL,
    syncCron: values.MQ_STEWARD_SYNC_CRON,
    secret: values.MQ_STEWARD_SECRET,
    singleSignOn: singleSignOnOf(values),
    reportRenderer: values.MQ_STEWARD_REPORT_RENDERER,
    demoAnchor: values.MQ_STEWARD_DEMO_ANCHOR,
  };
}

function singleSignOnOf(values: z.output<typeof variables>): SingleSignOnSettings | undefined {
  const { MQ_STEWARD_OIDC_ISSUER: issuer, MQ_STEWARD_OIDC_CLIENT_ID: clientId } = values;
  if (issuer === undefined && clientId === undefined) return undefined;
  if (issuer === undefined || clientId === undefined) {
    throw new EnvError(
      "Unusable settings:\n  Single sign-on needs both MQ_STEWARD_OIDC_ISSUER and MQ_STEWARD_OIDC_CLIENT_ID; set the other, or neither",
    );
  }
  return {
    issuer,
    clientId,
    clientSecret: values.MQ_STEWARD_OIDC_CLIENT_SECRET,
    scopes: values.MQ_STEWARD_OIDC_SCOPES,
    groupsClaim: values.MQ_STEWARD_OIDC_GROUPS_CLAIM,
    label: values.MQ_STEWARD_OIDC_LABEL,
  };
}

let parsedOnce: Env | undefined;

/** The settings of this process; checked at the first call. Throws an EnvError. */
export function env(): Env {
  parsedOnce ??= parseEnv(process.env);
  return parsedOnce;
}

/** The secret of a notification channel that is kept in an environment variable; undefined where it is not set. Only names that begin so are read. */
export function notificationVariable(name: string): string | undefined {
  if (!name.startsWith("MQ_STEWARD_NOTIFY_")) return undefined;
  return process.env[name] || undefined;
}

/** DATABASE_URL, which the supervisor always hands to its children. Throws an EnvError where a process has none. */
export function requireDatabaseUrl(settings: Env = env()): string {
  if (settings.databaseUrl === undefined) {
    throw new EnvError(
      "DATABASE_URL is not set: start the program with `npm start` or `npm run demo`, which bring a database, or set it",
    );
  }
  return settings.databaseUrl;
}
