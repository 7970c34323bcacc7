import type { FilterToken } from "@/lib/contracts/common";
import { type NaiveProperty, operatorsOf } from "@/lib/testing/naive-filter";

/** Values to filter a property by: two that occur, or one and a part of it, or none. */
function samples<T>(property: NaiveProperty<T>, items: readonly T[]): string[] {
  const values = [...new Set(items.flatMap((item) => property.of(item) ?? []))]
    .filter((value) => value !== "unknown")
    .sort();
  const middle = values[Math.floor(values.length / 2)] ?? "nothing";
  const last = values.at(-1) ?? "nothing";
  switch (property.kind) {
    case "version":
      return [middle, middle.split(".").slice(0, 2).join(".")];
    case "instant":
      return [middle.slice(0, 10), last];
    case "text":
      return [middle.toUpperCase(), ""];
    default:
      return [middle, last];
  }
}

/** A property asked by every operator it knows. */
export function questions<T>(name: string, property: NaiveProperty<T>, items: readonly T[]): FilterToken[] {
  return samples(property, items).flatMap((value) =>
    operatorsOf(property.kind)
      .filter((operator) => value !== "" || ["=", "!=", ":"].includes(operator))
      .map((operator) => ({ property: name, operator, value })),
  );
}
