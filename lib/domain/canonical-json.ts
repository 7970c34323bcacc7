/**
 * JSON text that is the same for equal values, whatever the order in which their keys were written: keys sorted, no spaces. Dates become ISO text; what
 * is undefined is left out. For hashing and for what is frozen.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
