import type { Composition } from "@/lib/context";
import { addPerson } from "@/lib/services/add-person";

/** The administrator of test stacks. */
export const TEST_ADMINISTRATOR = { name: "Ada Test", email: "ada@example.com", password: "Tr0mbone-Lattice" } as const;
/** Signs the sessions of test stacks. */
export const TEST_SECRET = "secret of the tests, long enough to sign with";

/** Makes the test stacks' administrator, without the set-up page. */
export async function addAdministrator(composition: Composition): Promise<void> {
  const ctx = await composition.ctx({ actor: { kind: "system", name: "system:test", permissions: "all" } });
  const { name, email, password } = TEST_ADMINISTRATOR;
  const passwordHash = await composition.auth().hashPassword(password);
  await ctx.db.transaction((tx) =>
    addPerson(ctx, tx, {
      name,
      email,
      role: "administrator",
      passwordHash,
      mustChangePassword: false,
      ownerIds: [],
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
