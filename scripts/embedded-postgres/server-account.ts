import { execFileSync, spawnSync } from "node:child_process";
import { userInfo } from "node:os";
import { OperatorError } from "../operator-error.mjs";

/** The system user PostgreSQL runs as. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const DEDICATED_USER = "mq-steward";

/**
 * PostgreSQL refuses to run as root. For root this finds the unprivileged user it runs as instead: the dedicated one
 * (made when missing), else the distribution's "postgres", else "nobody". Undefined for everybody else: the server
 * then simply runs as the same user. Throws an OperatorError where PostgreSQL could not run at all.
 */
export function serverAccount(announce: (line: string) => void): ServerAccount | undefined {
  if (process.getuid === undefined) return undefined;
  if (process.getuid() !== 0) {
    requireUserName();
    return undefined;
  }
  const dedicated = lookUp(DEDICATED_USER) ?? createUser(announce);
  const account = dedicated ?? lookUp("postgres") ?? lookUp("nobody");
  if (account === undefined) {
    throw new OperatorError(
      "You are root, PostgreSQL refuses to run as root, and there is no unprivileged user it could run as.",
      "start as an ordinary user, create a system user named mq-steward, or set DATABASE_URL",
    );
  }
  return account;
}

/** Whether `account` can enter the directory; asked of the system itself, so that ACLs and mounts count too. */
export function canEnter(account: ServerAccount, directory: string): boolean {
  const shell = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", directory], {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return shell.status === 0;
}

/** initdb wants a name for the user it runs as; a container started with a bare number has none. */
function requireUserName(): void {
  try {
    userInfo();
  } catch (cause) {
    throw new OperatorError(
      `User id ${process.getuid?.()} has no name on this machine, and PostgreSQL refuses to run without one.`,
      "start as a user that is listed in /etc/passwd, or set DATABASE_URL",
      { cause },
    );
  }
}

function lookUp(name: string): ServerAccount | undefined {
  try {
    const id = (flag: string) =>
      Number.parseInt(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }), 10);
    const account = { name, uid: id("-u"), gid: id("-g") };
    return account.uid > 0 ? account : undefined;
  } catch {
    return undefined;
  }
}

function createUser(announce: (line: string) => void): ServerAccount | undefined {
  const options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
  const shell = ["--shell", "/usr/sbin/nologin"];
  const created = spawnSync("useradd", [...options, ...shell, DEDICATED_USER], { stdio: "ignore" });
  const account = created.status === 0 ? lookUp(DEDICATED_USER) : undefined;
  if (account !== undefined)
    announce(`created the system user ${DEDICATED_USER}, because PostgreSQL refuses to run as root`);
  return account;
}
