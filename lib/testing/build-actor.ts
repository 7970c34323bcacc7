import { type Permission, permissionsOf, type Role } from "@/lib/contracts/permissions";
import type { PersonActor } from "@/lib/services/ctx";

/** A signed-in person of a role, for services and routes under test. */
export function buildPersonActor(overrides: Partial<PersonActor> & { role?: Role } = {}): PersonActor {
  const role = overrides.role ?? "administrator";
  return {
    kind: "person",
    id: `person-${role}`,
    name: `${role}@example.com`,
    displayName: `Test ${role}`,
    role,
    permissions: permissionsOf(role),
    ownerIds: [],
    issuer: null,
    remote: "192.0.2.7",
    mustChangePassword: false,
    sessionId: `session-${role}`,
    sessionExpiresAt: new Date("2099-01-01T00:00:00Z"),
    ...overrides,
  };
}

/** A person with exactly these permissions. */
export function actorWith(permissions: Iterable<Permission>): PersonActor {
  return buildPersonActor({ permissions: new Set(permissions) });
}

/** A request without a session. */
export const NOBODY = { kind: "nobody", name: "nobody", permissions: new Set<never>() } as const;
