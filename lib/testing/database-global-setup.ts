import { reserveScratchServer } from "@/scripts/embedded-postgres/scratch-server";
import { projectRoot } from "@/scripts/project-root";

/**
 * Vitest's global set-up: keeps the embedded test server, once a test file has started it, running for the whole run, and
 * stops it at the end unless another run uses it. It starts nothing itself, so runs without a database test pay nothing.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  return await reserveScratchServer(projectRoot());
}
