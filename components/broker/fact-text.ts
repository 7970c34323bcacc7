/**
 * A fact of a broker as text: flags in words, lists by commas, records as "key: value". `undefined` was never observed, `null` is what AWS did
 * not say. Whatever it is, it is text: markup in names stays visible and harmless.
 */
export function factText(value: unknown): string {
  if (value === undefined) return "not observed";
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(factText).join(", ");
  const entries = typeof value === "object" ? Object.entries(value).filter(([, inner]) => inner !== null) : [];
  return entries.length === 0 ? "none" : entries.map(([key, inner]) => `${key}: ${factText(inner)}`).join("; ");
}

/** The same, a line for each entry of a record, so that what has many parts can be read. */
export function factLines(value: unknown): string[] {
  if (Array.isArray(value) && value.some(isRecord)) return value.flatMap(factLines);
  if (!isRecord(value)) return [factText(value)];
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return entries.length === 0 ? [factText(value)] : entries.map(([key, inner]) => `${key}: ${factText(inner)}`);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
