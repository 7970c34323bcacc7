/**
 * A child for the supervisor's tests. Arguments: name, then any of
 *   --port N      answers HTTP there           --drain MS   takes that long to stop
 *   --crash MS    ends with code 3 after that  --deaf       ignores SIGTERM
 *   --fail        ends with code 1 at once     --task       ends with code 0 at once
 *   --ready-after MS   says that it is ready after that
 * It notes what happens to it in the journal file named by STUB_JOURNAL.
 */
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: "string" },
    drain: { type: "string", default: "0" },
    crash: { type: "string" },
    deaf: { type: "boolean" },
    "ready-after": { type: "string" },
    fail: { type: "boolean" },
    task: { type: "boolean" },
  },
});
const name = positionals[0];
const journal = (event) => appendFileSync(process.env.STUB_JOURNAL, `${name} ${event} ${process.pid}\n`);

process.on("SIGINT", () => journal("interrupted"));
process.on("SIGTERM", () => {
  journal("asked-to-stop");
  if (values.deaf) return;
  setTimeout(() => {
    journal("stopped");
    process.exit(0);
  }, Number(values.drain));
});

journal("started");
if (values.fail) {
  console.error("the reason why it failed");
  process.exit(1);
}
if (values.task) process.exit(0);
if (values.crash !== undefined) setTimeout(() => process.exit(3), Number(values.crash));
if (values.port === undefined) {
  setInterval(() => {}, 60_000);
  if (values["ready-after"] === undefined) console.log("@ready");
  else {
    setTimeout(() => {
      journal("ready");
      console.log("@ready");
    }, Number(values["ready-after"]));
  }
} else {
  createServer((_, response) => response.end("stub")).listen(Number(values.port), "127.0.0.1");
}
