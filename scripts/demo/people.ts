import { randomBytes } from "node:crypto";
import { permissionsOf, type Role } from "@/lib/contracts/permissions";
import { findPersonByEmail } from "@/lib/db/person-store";
import { addPerson } from "@/lib/services/add-person";
import type { Ctx, PersonActor } from "@/lib/services/ctx";

/** The people of the demo organisation whose work its history shows. */
const PEOPLE = {
  manager: { name: "Rosa Lindqvist", email: "rosa.lindqvist@demo.example", role: "manager" },
  finops: { name: "Tomás Ferreira", email: "tomas.ferreira@demo.example", role: "finops" },
  administrator: { name: "Ines Hartmann", email: "ines.hartmann@demo.example", role: "administrator" },
} as const satisfies Record<string, { name: string; email: string; role: Role }>;

export type DemoPeople = Readonly<Record<keyof typeof PEOPLE, PersonActor>>;

/** The demo's people as the actors of what they do; made at the first use, with passwords that nobody knows. */
export async function demoPeople(ctx: Ctx, hashPassword: (password: string) => Promise<string>): Promise<DemoPeople> {
  const actorOf = async ({ name, email, role }: { name: string; email: string; role: Role }): Promise<PersonActor> => {
    const known = await findPersonByEmail(ctx.db, email, ctx.wall.now());
    const passwordHash = async () => hashPassword(randomBytes(24).toString("base64url"));
    const id =
      known?.id ??
      (await addPerson(ctx, ctx.db, {
        name,
        email,
        role,
        passwordHash: await passwordHash(),
        mustChangePassword: false,
        ownerIds: [],
        permission: null,
      }));
    return {
      kind: "person",
      id,
      name: email,
      displayName: name,
      role,
      permissions: permissionsOf(role),
      ownerIds: [],
      issuer: null,
      remote: null,
      mustChangePassword: false,
      sessionId: "demo",
      sessionExpiresAt: ctx.wall.now(),
    };
  };
  return {
    manager: await actorOf(PEOPLE.manager),
    finops: await actorOf(PEOPLE.finops),
    administrator: await actorOf(PEOPLE.administrator),
  };
}
