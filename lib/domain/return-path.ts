const HERE = "http://here.invalid";

/**
 * Where to go after signing in: the path asked for when it is a page of this product, else the overview. A whole address, `//host`, `/\host` and paths
 * of the API lead elsewhere or show raw data, so they are not taken.
 */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || /[\\\p{Cc}]/u.test(wanted) || !URL.canParse(wanted, HERE)) return "/";
  const url = new URL(wanted, HERE);
  if (url.origin !== HERE || wanted.startsWith("//")) return "/";
  if (/^\/(api|sign-in|set-up|new-password)(\/|$)/.test(url.pathname) || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
