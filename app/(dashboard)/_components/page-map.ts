import type { Permission } from "@/lib/contracts/permissions";

/** The pages of the side navigation, in its order, each with the permission it needs. */
export const PAGES = [
  { href: "/", text: "Overview", permission: "kpis:read" },
  { href: "/brokers", text: "Brokers", permission: "inventory:read" },
  { href: "/topology", text: "Topology", permission: "inventory:read" },
  { href: "/findings", text: "Findings", permission: "findings:read" },
  { href: "/plans", text: "Plans", permission: "plans:read" },
  { href: "/lifecycle", text: "Lifecycle", permission: "inventory:read" },
  { href: "/owners", text: "Owners", permission: "inventory:read" },
  { href: "/recommendations", text: "Recommendations", permission: "costs:read" },
  { href: "/kpis", text: "KPIs", permission: "kpis:read" },
  { href: "/register", text: "Register", permission: "registers:read" },
  { href: "/reports", text: "Reports", permission: "reports:read" },
  { href: "/rules", text: "Rules", permission: "findings:read" },
  { href: "/reference", text: "Reference", permission: "reference:read" },
  { href: "/syncs", text: "Syncs", permission: "syncs:read" },
  { href: "/audit", text: "Audit", permission: "audit:read" },
  { href: "/settings", text: "Settings", permission: "settings:read" },
] as const satisfies readonly { href: string; text: string; permission: Permission }[];

/** Pages that the side navigation does not have: the top bar leads to them. */
const PAGES_BESIDE = [
  { href: "/profile", text: "Your account", permission: "settings:read" },
] as const satisfies readonly { href: string; text: string; permission: Permission }[];
const ALL_PAGES = [...PAGES, ...PAGES_BESIDE];

/** Pages below another that need more than it does. */
const STRICTER: Readonly<Record<string, Permission>> = { "/settings/connect": "accounts:write" };

/** The permission that the page of an address needs. */
export function permissionOf(pathname: string): Permission {
  const section = sectionOf(pathname);
  return STRICTER[pathname] ?? ALL_PAGES.find(({ href }) => href === section)?.permission ?? "kpis:read";
}

const CHILDREN: Readonly<Record<string, (id: string) => string>> = {
  "/brokers": (id) => id,
  "/findings": (id) => `Finding ${id}`,
  "/owners": (id) => `Owner ${id}`,
  "/kpis": (id) => id,
  "/plans": (id) => `Plan ${id}`,
  "/reports": (id) => `Report ${id}`,
  "/rules": (id) => id,
  "/syncs": (id) => `Sync ${id}`,
  "/settings": (id) => (id === "connect" ? "Connect accounts" : id),
};

/** Where campaigns are, a level below plans. */
const CAMPAIGNS = "/plans/campaigns";

/** The page that an address belongs to. */
export function sectionOf(pathname: string): string {
  const found = ALL_PAGES.find(({ href }) => href !== "/" && (pathname === href || pathname.startsWith(`${href}/`)));
  return found?.href ?? "/";
}

/** The way from the overview to an address. `name` replaces the last step where the page knows a better one than its id. */
export function breadcrumbsOf(pathname: string, name?: string): { text: string; href: string }[] {
  const section = sectionOf(pathname);
  const page = ALL_PAGES.find(({ href }) => href === section);
  const trail: { text: string; href: string }[] = [{ text: "MQ Steward", href: "/" }];
  if (page && section !== "/") trail.push({ text: page.text, href: page.href });
  else trail.push({ text: "Overview", href: "/" });
  if (pathname.startsWith(`${CAMPAIGNS}/`)) {
    trail.push({ text: "Campaigns", href: "/plans?tab=campaigns" });
    trail.push({ text: name ?? `Campaign ${pathname.slice(CAMPAIGNS.length + 1)}`, href: pathname });
    return trail;
  }
  const id = pathname.slice(section.length + 1);
  const label = CHILDREN[section];
  if (section !== "/" && id && label) trail.push({ text: name ?? label(decodeURIComponent(id)), href: pathname });
  return trail;
}
