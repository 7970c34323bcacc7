/**
 * The content security policy of a page. Scripts need the nonce (strict-dynamic hands it on to what they load); style sheets come from here;
 * style attributes are allowed, because Cloudscape and Recharts position with them. `data:` fonts and images: Cloudscape's style sheet embeds
 * its font and icons. Development builds evaluate strings for stack traces and inject style elements.
 */
export function contentSecurityPolicy(nonce: string, development = false): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
