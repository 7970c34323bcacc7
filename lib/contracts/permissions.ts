/** Every permission of the product, in one table: what it allows. Each route names the one it needs. */
export const PERMISSIONS = {
  "inventory:read": "See brokers, their changes, topology and metrics",
  "findings:read": "See findings and their history",
  "kpis:read": "See KPIs and their history",
  "costs:read": "See costs",
  "syncs:read": "See syncs and their outcomes",
  "syncs:start": "Start a sync",
  "settings:read": "See settings and accounts",
  "settings:write": "Change settings",
  "accounts:write": "Connect, change and remove AWS accounts",
} as const;

export type Permission = keyof typeof PERMISSIONS;
