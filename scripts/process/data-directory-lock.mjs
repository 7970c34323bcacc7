import { join } from "node:path";
import { OperatorError } from "../operator-error.mjs";
import { lockHolder, tryLock } from "./file-lock.mjs";

/**
 * Takes a data folder for one start, from the first check to the last child's end. `address` is shown to whoever tries a
 * second one, who gets an OperatorError.
 */
export function lockDataDirectory(dataDirectory, address) {
  const lock = tryLock(pathOf(dataDirectory), address);
  if (lock.held) return lock;
  const { pid } = lock.holder;
  throw new OperatorError(
    `MQ Steward already runs on ${dataDirectory} (process ${pid}): ${lock.note}`,
    `use that one, stop it with \`kill ${pid}\`, or start a second one with MQ_STEWARD_DATA_DIR=/another/folder and another PORT`,
  );
}

/** The live process that has taken a data folder, and its address. */
export function dataDirectoryHolder(dataDirectory) {
  return lockHolder(pathOf(dataDirectory));
}

function pathOf(dataDirectory) {
  return join(dataDirectory, "supervisor.lock");
}
