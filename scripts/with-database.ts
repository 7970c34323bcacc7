import { join, resolve } from "node:path";
import { parseEnv } from "@/lib/env";
import { runProgram } from "./bootstrap/run-program.mjs";
import { OperatorError } from "./operator-error.mjs";
import { projectRoot } from "./project-root";
import { connectExternalDatabase, openEmbeddedDatabase } from "./supervisor/database-server";
import { databaseNameOf } from "./supervisor/plan";
import { readRunning } from "./supervisor/running-file";

/**
 * Gives a command line (`npm run sync`) its database and runs `work`: that of a supervisor which runs now, with all of its
 * settings (beside a demo, the demo's AWS); else the one of DATABASE_URL; else the embedded one, started for its time.
 * Call it before anything reads env(): it puts DATABASE_URL into the environment.
 */
export async function withDatabase<T>(announce: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const settings = parseEnv(process.env);
  const root = projectRoot();
  const dataDirectory = resolve(root, settings.dataDirectory);
  const running = readRunning(dataDirectory);
  if (running !== undefined) {
    announce(`joining the ${running.mode === "production" ? "server" : running.mode} that runs on ${dataDirectory}`);
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, running.environment);
    return await work();
  }
  const database =
    settings.databaseUrl === undefined
      ? await openEmbeddedDatabase(dataDirectory, databaseNameOf(settings.mode), announce)
      : await connectExternalDatabase(settings.databaseUrl);
  try {
    announce(database.description);
    process.env.DATABASE_URL = database.url;
    const { code, output } = await runProgram(process.execPath, [join(root, "dist/migrate.js")], { cwd: root });
    if (code !== 0)
      throw new OperatorError(`The database tables could not be brought up to date:\n${output}`, "see above");
    return await work();
  } finally {
    await database.release({ urgent: false });
  }
}
