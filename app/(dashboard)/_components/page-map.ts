/** The pages of the side navigation, in its order. */
export const PAGES = [
  { href: "/", text: "Overview" },
  { href: "/brokers", text: "Brokers" },
  { href: "/findings", text: "Findings" },
  { href: "/syncs", text: "Syncs" },
  { href: "/settings", text: "Settings" },
] as const;

const CHILDREN: Readonly<Record<string, (id: string) => string>> = {
  "/brokers": (id) => id,
  "/findings": (id) => `Finding ${id}`,
  "/syncs": (id) => `Sync ${id}`,
  "/settings": (id) => (id === "connect" ? "Connect accounts" : id),
};

/** The page of the side navigation that an address belongs to. */
export function sectionOf(pathname: string): string {
  const found = PAGES.find(({ href }) => href !== "/" && (pathname === href || pathname.startsWith(`${href}/`)));
  return found?.href ?? "/";
}

/** The way from the overview to an address. `name` replaces the last step where the page knows a better one than its id. */
export function breadcrumbsOf(pathname: string, name?: string): { text: string; href: string }[] {
  const section = sectionOf(pathname);
  const page = PAGES.find(({ href }) => href === section);
  const trail: { text: string; href: string }[] = [{ text: "MQ Steward", href: "/" }];
  if (page && section !== "/") trail.push({ text: page.text, href: page.href });
  else trail.push({ text: "Overview", href: "/" });
  const id = pathname.slice(section.length + 1);
  const label = CHILDREN[section];
  if (section !== "/" && id && label) trail.push({ text: name ?? label(decodeURIComponent(id)), href: pathname });
  return trail;
}
