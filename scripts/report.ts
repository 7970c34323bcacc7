/**
 * `npm run report -- --quarter 2026-Q3 --format pdf --out FILE`: the newest version of a quarterly report as a file; computed and frozen first where there is
 * none yet, or with --new where figures changed since. Says on standard error which version it is. USAGE has the options.
 */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { COMMAND_LINE_ACTOR, createComposition } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { reportRow, reportRows } from "@/lib/db/report-store";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";
import { issueReport } from "@/lib/services/issue-report";
import { type ReportFormat, reportBytes } from "@/lib/services/read/export-report";
import { commandOptions } from "./command-options";
import { describeFailure, OperatorError } from "./operator-error.mjs";
import { withDatabase } from "./with-database";

const FORMATS: readonly ReportFormat[] = ["pdf", "xlsx", "csv", "json"];
const USAGE = `npm run report -- --quarter 2026-Q3 --format pdf --out report.pdf
  --quarter Q      e.g. 2026-Q3
  --format F       pdf, xlsx, csv, json (default: by the file's name, else pdf)
  --out FILE       default: standard output
  --account ID     of one account      --owner KEY    of one owner's team
  --version N      an older version
  --new            compute it anew     --reason TEXT  why a final report is corrected
  --paper P        a4, letter          --short        without the pages of owners`;

function readArguments() {
  const values = commandOptions(USAGE, {
    quarter: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
    account: { type: "string" },
    owner: { type: "string" },
    version: { type: "string" },
    new: { type: "boolean", default: false },
    reason: { type: "string" },
    paper: { type: "string", default: "a4" },
    short: { type: "boolean", default: false },
  });
  if (!values) return null;
  const { quarter, out, account, owner } = values;
  if (quarter === undefined) throw new OperatorError("Which quarter? --quarter is missing.", USAGE);
  if (account !== undefined && owner !== undefined) throw new OperatorError("Either --account or --owner.", USAGE);
  const wanted = values.format ?? FORMATS.find((format) => out?.endsWith(`.${format}`)) ?? "pdf";
  const format = FORMATS.find((known) => known === wanted);
  if (!format) throw new OperatorError(`There is no format ${wanted}.`, `one of ${FORMATS.join(", ")}`);
  if (values.paper !== "a4" && values.paper !== "letter")
    throw new OperatorError(`There is no paper ${values.paper}.`, "a4 or letter");
  const paper: "a4" | "letter" = values.paper;
  const version = values.version === undefined ? null : Number(values.version);
  if (version !== null && !Number.isInteger(version)) throw new OperatorError("--version is a whole number.", USAGE);
  const scope =
    account !== undefined ? ("account" as const) : owner !== undefined ? ("owner" as const) : ("all" as const);
  const choice = { paper, owners: values.short ? ("none" as const) : ("all" as const) };
  return {
    quarter,
    format,
    out,
    scope,
    key: account ?? owner ?? "",
    version,
    fresh: values.new,
    reason: values.reason,
    choice,
  };
}

type Arguments = NonNullable<ReturnType<typeof readArguments>>;

/** The version asked for, computed where there is none. */
async function versionId(ctx: Ctx, { quarter, scope, key, version, fresh, reason }: Arguments): Promise<number> {
  const versions = await reportRows(ctx.db, { quarter, scope, key, owners: "all" });
  if (version !== null) {
    const found = versions.find(({ number }) => number === version);
    if (!found) throw new AppError("not-found", `There is no version ${version} of that report.`);
    return found.id;
  }
  const [newest] = versions;
  if (newest && newest.stage !== "to-date" && !fresh) return newest.id;
  return (await issueReport({ ctx, input: { quarter, scope, key, reason } })).report.id;
}

async function main(): Promise<void> {
  const wanted = readArguments();
  if (!wanted) return;
  process.env.LOG_LEVEL ??= "error";
  const say = (line: string) => process.stderr.write(`${line}\n`);
  await withDatabase(say, async () => {
    const composition = createComposition({
      process: "sync",
      maxConnections: CONNECTION_BUDGET.commandLine,
      logTo: "stderr",
    });
    try {
      const ctx = await composition.ctx({ actor: COMMAND_LINE_ACTOR });
      const row = await reportRow(ctx.db, await versionId(ctx, wanted));
      if (!row) throw new AppError("internal", "a report that was just made is not there");
      const bytes = await reportBytes(ctx, row, wanted.format, wanted.choice);
      if (wanted.out === undefined) process.stdout.write(bytes);
      else await writeFile(resolve(wanted.out), bytes);
      say(
        `${row.quarter}, ${row.scopeLabel}, version ${row.number} (${row.stage}): ${bytes.length} bytes${wanted.out ? ` to ${wanted.out}` : ""}`,
      );
    } finally {
      await composition.close();
    }
  });
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exitCode = 1;
});
