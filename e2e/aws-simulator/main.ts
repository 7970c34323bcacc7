import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { bulkOrganisation } from "./organisation/bulk-organisation";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { dayOf } from "./organisation/seeded";
import { startSimulator } from "./simulator";

/**
 * The simulator as a process of its own.
 *   --port N         port on 127.0.0.1 (default 4566)
 *   --anchor DAY     the day D of the story, YYYY-MM-DD; default: the persisted one, else today
 *   --state FILE     keeps the anchor across starts, so that the organisation lives on
 *   --as-of ISO      starts with the clock at an instant (default: live)
 *   --rate N         simulated seconds per wall second, with --as-of
 *   --no-throttle    answers without AWS's request limits
 *   --latency MS     waits before each answer
 *   --bulk A,R,B     benchmark organisation: accounts, regions, brokers
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4566" },
    anchor: { type: "string" },
    state: { type: "string" },
    "as-of": { type: "string" },
    rate: { type: "string" },
    "no-throttle": { type: "boolean", default: false },
    latency: { type: "string", default: "0" },
    bulk: { type: "string" },
  },
});

function persistedAnchor(file: string): string | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof state === "object" && state !== null && "anchor" in state && typeof state.anchor === "string"
      ? state.anchor
      : undefined;
  } catch {
    return undefined;
  }
}

const anchor = values.anchor ?? (values.state ? persistedAnchor(values.state) : undefined) ?? dayOf(Date.now());
if (values.state) {
  mkdirSync(dirname(values.state), { recursive: true });
  writeFileSync(values.state, `${JSON.stringify({ anchor })}\n`);
}
const [accounts, regionCount, brokers] = (values.bulk ?? "").split(",").map(Number);
const organisation =
  accounts && regionCount && brokers
    ? bulkOrganisation({ accounts, regions: regionCount, brokers, anchor })
    : fictionalOrganisation({ anchor });
const port = Number(values.port);
const simulator = await startSimulator({
  port,
  organisation,
  asOf: values["as-of"] ?? null,
  rate: values.rate === undefined ? undefined : Number(values.rate),
  throttle: !values["no-throttle"],
  latencyMs: Number(values.latency),
}).catch((error: Error) => {
  const taken = "code" in error && error.code === "EADDRINUSE";
  console.error(taken ? `port ${port} is taken: choose another with --port, or 0 for a free one` : error.message);
  process.exit(1);
});
console.log(
  `AWS simulator on ${simulator.url} (anchor ${anchor}, ${organisation.accounts.length} accounts, ${organisation.brokers.length} brokers)`,
);

let closing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (closing) return;
    closing = true;
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
