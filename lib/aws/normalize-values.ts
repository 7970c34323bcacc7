import { parseBrokerArn } from "@/lib/domain/broker-arn";

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

/** Numbers from here on are milliseconds: as seconds they would lie beyond the year 5000. */
const LEAST_MILLISECONDS = 1e11;
/** Years that every reader of ISO text understands, the database and browsers among them. */
const [FIRST_MS, END_MS] = [Date.UTC(1970, 0, 1), Date.UTC(10_000, 0, 1)];

/**
 * An instant (ISO text, UTC where it names no zone; or seconds since 1970, from some endpoints milliseconds) as ISO text in UTC; null when absent,
 * no date, or none of the years 1970 to 9999.
 */
export function instantText(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const ms = typeof value === "number" ? msOfNumber(value) : Date.parse(NO_ZONE.test(value) ? `${value}Z` : value);
  return ms >= FIRST_MS && ms < END_MS ? new Date(ms).toISOString() : null;
}

function msOfNumber(value: number): number {
  return value >= LEAST_MILLISECONDS ? value : value * 1000;
}

/** Largest revision that the database's integer holds; AWS counts from 1. */
const MAX_REVISION = 2_147_483_647;

/** Whether a number can be a revision. */
export function isRevision(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= 0 && value <= MAX_REVISION;
}

/** Longest name that is shown and sorted by, in characters; AWS allows 50. The payload keeps the whole. */
const MAX_NAME_LENGTH = 256;

/** A broker's name: what AWS calls it, else what its ARN or id says. */
export function nameOfBroker(sent: string | null | undefined, arn: string, brokerId: string): string {
  const name = sent || parseBrokerArn(arn)?.brokerName || brokerId;
  if (name.length <= MAX_NAME_LENGTH) return name;
  const characters = [...name];
  return characters.length > MAX_NAME_LENGTH ? `${characters.slice(0, MAX_NAME_LENGTH - 1).join("")}…` : name;
}
