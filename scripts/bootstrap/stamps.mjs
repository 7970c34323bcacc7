import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the bundles in dist/ are made of. */
const BUNDLE_SOURCES = [
  "lib",
  "scripts",
  "e2e/aws-simulator",
  "prisma/schema.prisma",
  "package-lock.json",
  "tsconfig.json",
];

/** What the production build in .next/ is made of. */
const PAGE_SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "next.config.ts",
  "proxy.ts",
  "instrumentation.ts",
  "prisma/schema.prisma",
  "package-lock.json",
  "tsconfig.json",
];

const STAMPS = {
  bundle: { file: "dist/.stamp", sources: BUNDLE_SOURCES },
  build: { file: ".next/mq-steward-stamp", sources: PAGE_SOURCES },
};

/** Whether a product ("bundle" or "build") is missing or older than its sources. */
export function isStale(root, product) {
  const { file } = STAMPS[product];
  const path = join(root, file);
  return !existsSync(path) || readFileSync(path, "utf8") !== fingerprint(root, product);
}

/** Forgets that a product is up to date; before it is made anew, so that an interruption shows. */
export function removeStamp(root, product) {
  rmSync(join(root, STAMPS[product].file), { force: true });
}

/** Notes that a product was made of the sources with this fingerprint (taken before it was made). */
export function writeStamp(root, product, value) {
  const path = join(root, STAMPS[product].file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}

/** Hash over the content of all sources of a product, tests and generated files left out. */
export function fingerprint(root, product) {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0]);
  for (const source of STAMPS[product].sources) addToHash(hash, root, source);
  return hash.digest("hex");
}

function addToHash(hash, root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) {
    hash.update(path).update(readFileSync(full));
    return;
  }
  for (const name of readdirSync(full).sort()) {
    if (name === "generated" || /\.test\.tsx?$/.test(name) || name.startsWith(".")) continue;
    addToHash(hash, root, `${path}/${name}`);
  }
}
