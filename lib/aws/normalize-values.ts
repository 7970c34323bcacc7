/** An enum value in upper case, as AWS documents it (real answers also say `ActiveMQ`, `ebs`); null when absent or blank. */
export function enumValue(text: string | null | undefined): string | null {
  return text?.trim().toUpperCase() || null;
}

/** A sorted copy (by code point) without duplicates, for lists that AWS gives in no order. */
export function sortedSet(values: readonly string[] | null | undefined): string[] {
  return [...new Set(values ?? [])].sort();
}

/** State of a broker where AWS tells none. */
export const UNKNOWN_STATE = "UNKNOWN";

const NO_ZONE = /^\d{4}-\d{2}-\d{2}T[\d:.]+$/;

/** An instant (ISO text, UTC where it names no zone; or seconds since 1970) as ISO text in UTC; null when absent or no date. */
export function instantText(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const ms = typeof value === "number" ? value * 1000 : Date.parse(NO_ZONE.test(value) ? `${value}Z` : value);
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
