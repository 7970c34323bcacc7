/**
 * A list of exact numbers as PostgreSQL's array literal, null as NULL: to be cast to numeric[] or double precision[]. Bulk rows travel as JSON,
 * and JSON's own arrays of numbers would pass through a float.
 */
export function arrayLiteral(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** The list in slices of at most `size`: bounds the JSON text that the driver and PostgreSQL hold at a time. */
export function slicesOf<T>(items: readonly T[], size: number): T[][] {
  const slices: T[][] = [];
  for (let start = 0; start < items.length; start += size) slices.push(items.slice(start, start + size));
  return slices;
}
