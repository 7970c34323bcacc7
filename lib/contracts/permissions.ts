/** What a person may be. Every role reads everything but people and the audit; they differ in what they may change. */
export const ROLES = ["viewer", "owner", "finops", "manager", "administrator"] as const;
export type Role = (typeof ROLES)[number];

/** Roles as people read them. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  viewer: "Viewer",
  owner: "Owner",
  finops: "FinOps",
  manager: "Manager",
  administrator: "Administrator",
};

interface PermissionRow {
  /** What it allows. */
  allows: string;
  /** Who has it. */
  roles: readonly Role[];
  /** The role `owner` has it for the brokers of his own owner entities alone; everybody else who has it, for all. */
  ownOnly?: true;
  /** Something that a person answers for in person: no API key ever has it, whatever its role. */
  personal?: true;
}

const EVERYONE = ROLES;
const ADMINISTRATORS = ["administrator"] as const;

/** Every permission of the product, in one table: what it allows and who has it. Each route and page names the one it needs. */
export const PERMISSIONS = {
  "inventory:read": { allows: "See brokers, their changes, topology and metrics", roles: EVERYONE },
  "findings:read": { allows: "See findings and their history", roles: EVERYONE },
  "kpis:read": { allows: "See KPIs and their history", roles: EVERYONE },
  "kpi-targets:write": { allows: "Set targets of KPIs for coming quarters", roles: ["manager", "administrator"] },
  "registers:read": { allows: "See incidents, fail-over drills and applications", roles: EVERYONE },
  "registers:write": {
    allows: "Record incidents, fail-over drills and applications, and review suggestions",
    roles: ["owner", "manager", "administrator"],
    ownOnly: true,
  },
  "registers:attest": {
    allows: "Vouch that the register of a quarter is complete",
    roles: ["manager", "administrator"],
    personal: true,
  },
  "plans:read": { allows: "See plans", roles: EVERYONE },
  "plans:write": {
    allows: "Make plans for brokers, change them and vouch for their steps",
    roles: ["owner", "manager", "administrator"],
    ownOnly: true,
  },
  "campaigns:write": {
    allows: "Make campaigns of plans for many brokers, and cancel them",
    roles: ["owner", "manager", "administrator"],
    ownOnly: true,
  },
  "rules:write": {
    allows: "Switch rules off, re-weight them and override their thresholds, with a reason",
    roles: ["manager", "administrator"],
  },
  "reference:read": { allows: "See reference data with its sources", roles: EVERYONE },
  "reference:write": { allows: "Override rows of the support calendar, take imports back", roles: ADMINISTRATORS },
  "reference:import": {
    allows: "Load published sources beside the reference data",
    roles: ["manager", "administrator"],
  },
  "reports:read": {
    allows: "See and download quarterly reports",
    roles: ["owner", "finops", "manager", "administrator"],
    ownOnly: true,
  },
  "reports:issue": {
    allows: "Compute quarterly reports, and correct final ones with a reason",
    roles: ["owner", "finops", "manager", "administrator"],
    ownOnly: true,
  },
  "costs:read": { allows: "See costs", roles: EVERYONE },
  "recommendations:dismiss": {
    allows: "Set cost recommendations aside until a day, with a reason",
    roles: ["owner", "finops", "manager", "administrator"],
    ownOnly: true,
  },
  "syncs:read": { allows: "See syncs and their outcomes", roles: EVERYONE },
  "syncs:start": { allows: "Start a sync", roles: ["owner", "finops", "manager", "administrator"] },
  "settings:read": { allows: "See settings and accounts", roles: EVERYONE },
  "settings:write": { allows: "Change settings", roles: ADMINISTRATORS },
  "accounts:write": { allows: "Connect, change and remove AWS accounts", roles: ADMINISTRATORS },
  "findings:acknowledge": {
    allows: "Acknowledge findings, claim fixes, confirm replacements",
    roles: ["owner", "manager", "administrator"],
    ownOnly: true,
  },
  "findings:accept-request": {
    allows: "Ask that a risk be accepted or a finding be called a false positive",
    roles: ["owner", "manager", "administrator"],
    ownOnly: true,
    // Somebody else decides: whoever decided on what his own key asked for would be nobody else.
    personal: true,
  },
  "findings:accept-approve": {
    allows: "Decide what others ask for; end acceptances",
    roles: ["manager", "administrator"],
    personal: true,
  },
  "findings:comment": {
    allows: "Comment on findings",
    roles: ["owner", "finops", "manager", "administrator"],
    ownOnly: true,
  },
  "owners:write": {
    allows: "Assign owners to brokers; make, rename, verify and merge owners",
    roles: ["finops", "manager", "administrator"],
  },
  "owners:contact": {
    allows: "Change how an owner is contacted",
    roles: ["owner", "finops", "manager", "administrator"],
    ownOnly: true,
  },
  "people:read": { allows: "See who may sign in", roles: ADMINISTRATORS },
  "people:write": {
    allows: "Add people, change roles, end sessions, reset passwords",
    roles: ADMINISTRATORS,
    personal: true,
  },
  "keys:manage": {
    allows: "See and end everybody's API keys, make tokens for Prometheus",
    roles: ADMINISTRATORS,
    personal: true,
  },
  "notifications:read": {
    allows: "See channels, routing and the outbox of notifications",
    roles: ["manager", "administrator"],
  },
  "notifications:write": {
    allows: "Set up channels and routing of notifications, send messages again",
    roles: ADMINISTRATORS,
    // A channel gives its secret to the address that is set: no program may move it.
    personal: true,
  },
  "audit:read": { allows: "See and export the audit", roles: ["manager", "administrator"] },
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof PERMISSIONS;

const ROWS: [string, PermissionRow][] = Object.entries(PERMISSIONS);

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

const BY_ROLE = new Map(
  ROLES.map((role) => [
    role,
    new Set(ROWS.flatMap(([name, row]) => (isPermission(name) && row.roles.includes(role) ? [name] : []))),
  ]),
);

/** The permissions of a role. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return BY_ROLE.get(role) ?? new Set();
}

const PERSONAL: ReadonlySet<Permission> = new Set(
  ROWS.flatMap(([name, row]) => (isPermission(name) && row.personal ? [name] : [])),
);

/** Whether only a person who is signed in can have this permission, and no API key. */
export function isPersonal(permission: Permission): boolean {
  return PERSONAL.has(permission);
}

/** What a key of a role may do, made by somebody of another: what both have, without what only a person does. */
export function permissionsOfKey(role: Role, creator: Role): ReadonlySet<Permission> {
  const creators = permissionsOf(creator);
  return new Set([...permissionsOf(role)].filter((name) => creators.has(name) && !PERSONAL.has(name)));
}

/** Whether somebody of a role may make keys of another: only those that can do nothing he cannot. */
export function mayGrant(creator: Role, role: Role): boolean {
  const creators = permissionsOf(creator);
  return [...permissionsOf(role)].every((name) => creators.has(name));
}

/** Whether the role has this permission for its own owner entities' brokers alone. */
export function isLimitedToOwn(role: Role, permission: Permission): boolean {
  const row: PermissionRow = PERMISSIONS[permission];
  return role === "owner" && row.ownOnly === true;
}
