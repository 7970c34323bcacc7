/** An escaped NUL, or a surrogate that JSON.stringify had to escape because it stands alone; not preceded by an odd backslash. */
const REFUSED_BY_JSONB = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;

/**
 * JSON text that PostgreSQL's jsonb takes: it refuses NUL and unpaired surrogates, which a broken or hostile payload may hold. They become
 * U+FFFD, so that one odd character never costs a whole scope its data.
 */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes("\\u") ? text.replace(REFUSED_BY_JSONB, "$1\\ufffd") : text;
}
