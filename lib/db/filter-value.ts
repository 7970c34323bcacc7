import { AppError } from "@/lib/domain/errors";
import { isPlainDate } from "@/lib/domain/plain-date";

/** Kinds of a filterable expression, by the PostgreSQL type its values are compared as. `version` compares numeric parts. */
export type PropertyType = "text" | "int" | "numeric" | "timestamptz" | "date" | "version";

/** The type a value is cast to. Whole numbers are compared as bigint, so that a large one is out of reach and no error. */
export const CAST: Readonly<Record<PropertyType, string>> = {
  text: "text",
  int: "bigint",
  numeric: "numeric",
  timestamptz: "timestamptz",
  date: "date",
  version: "int[]",
};

/** What a person writes for a value that is not known, where the type has no word of its own for it. */
export const UNKNOWN = "unknown";

const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:Z|[+-](\d{2})(?::?(\d{2}))?)?$/;
const INFINITY = /^-?infinity$/;
const VERSION = /^\d{1,6}(\.\d{1,6}){0,4}$/;

/** A value as PostgreSQL reads it. Throws invalid-input (field filter) on one that is none of its type. */
export function filterValue(type: PropertyType, value: string): string {
  switch (type) {
    case "version":
      if (!VERSION.test(value)) throw invalidFilter(`not a version: ${shown(value)}`);
      return `{${value.split(".").map(Number).join(",")}}`;
    case "int":
      if (!/^-?\d{1,18}$/.test(value)) throw invalidFilter(`not a whole number: ${shown(value)}`);
      return value;
    case "numeric":
      if (!/^-?\d{1,30}(\.\d{1,30})?$/.test(value)) throw invalidFilter(`not a number: ${shown(value)}`);
      return value;
    case "timestamptz":
    case "date":
      if (!isPlainDate(value) && !isInstant(value))
        throw invalidFilter(`not a date: ${shown(value)}; write YYYY-MM-DD`);
      return value;
    case "text":
      return value;
  }
}

/** Whether a text is what a sort expression of the type looks like when PostgreSQL writes it: what a cursor may hold. */
export function isSortValue(type: PropertyType, text: string): boolean {
  switch (type) {
    case "version":
      return /^\{(\d{1,9}(,\d{1,9}){0,9})?\}$/.test(text);
    case "int":
      return /^-?\d{1,18}$/.test(text);
    case "numeric":
      return /^-?\d{1,30}(\.\d{1,30})?$/.test(text);
    case "timestamptz":
      return INFINITY.test(text) || isInstant(text);
    case "date":
      return INFINITY.test(text) || isPlainDate(text);
    case "text":
      return !text.includes("\0");
  }
}

/** An input error of the filter parameter. */
export function invalidFilter(message: string): AppError {
  return new AppError("invalid-input", message, { details: { field: "filter" } });
}

function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  if (!match?.[1] || !isPlainDate(match[1])) return false;
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(2)
    .map((part) => Number(part ?? 0));
  return hour < 24 && minute < 60 && second < 60 && zoneHour < 15 && zoneMinute < 60;
}

function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
