import type { Composition } from "@/lib/context";
import type { Role } from "@/lib/contracts/permissions";
import { ownerWithMostBrokers } from "@/lib/db/person-store";
import { addPerson } from "@/lib/services/add-person";

/** The administrator of test stacks. */
export const TEST_ADMINISTRATOR = { name: "Ada Test", email: "ada@example.com", password: "Tr0mbone-Lattice" } as const;
/** A manager of the browser journeys: approves what the administrator asks for. */
export const TEST_APPROVER = { name: "Max Test", email: "max@example.com", password: "Cl4rinet-Meadow" } as const;
/** An owner of the browser journeys: works on the brokers of the owner entity that has the most. */
export const TEST_OWNER = { name: "Olga Test", email: "olga@example.com", password: "B4ssoon-Orchard" } as const;
/** Whom the OpenID provider of the browser journeys signs in. */
export const TEST_SIGNED_ON = {
  sub: "subject-1",
  name: "Sina Test",
  email: "sina@example.com",
  email_verified: true,
  groups: ["mq-steward-managers"],
};
/** Signs the sessions of test stacks. */
export const TEST_SECRET = "secret of the tests, long enough to sign with";

/** Makes the test stacks' administrator, without the set-up page. */
export function addAdministrator(composition: Composition): Promise<void> {
  return addTestPerson(composition, TEST_ADMINISTRATOR, "administrator");
}

/** Makes somebody of the test stacks with a password of his own; an owner belongs to the owner entity with the most brokers. */
export async function addTestPerson(
  composition: Composition,
  { name, email, password }: { name: string; email: string; password: string },
  role: Role,
): Promise<void> {
  const ctx = await composition.ctx({ actor: { kind: "system", name: "system:test", permissions: "all" } });
  const passwordHash = await composition.auth().hashPassword(password);
  const owner = role === "owner" ? await ownerWithMostBrokers(ctx.db) : null;
  await ctx.db.transaction((tx) =>
    addPerson(ctx, tx, {
      name,
      email,
      role,
      passwordHash,
      mustChangePassword: false,
      ownerIds: owner === null ? [] : [owner],
      permission: null,
    }),
  );
}

/** Signs the administrator in at a running server. Returns the Cookie header of the session. */
export async function signInAt(url: string): Promise<string> {
  const { email, password } = TEST_ADMINISTRATOR;
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`signing in at ${url}: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
