import type { FilterOperator, FilterToken, ListQuery } from "@/lib/contracts/common";

/** The part of a list query that the property filter edits, in Cloudscape's shape. */
export interface PropertyQuery {
  tokens: readonly { propertyKey?: string; operator: string; value: unknown }[];
  operation: "and" | "or";
}

const OPERATORS: readonly FilterOperator[] = ["!=", "!:", ">=", "<=", "=", ":", ">", "<"];

/** The filter of a list as tokens to edit; free text is the token without property. Tokens of `hidden` properties have controls of their own. */
export function toPropertyQuery(query: ListQuery, hidden: readonly string[] = []): PropertyQuery {
  const tokens: PropertyQuery["tokens"] = (query.filter ?? [])
    .filter(({ property }) => !hidden.includes(property))
    .map(({ property, operator, value }) => ({ propertyKey: property, operator, value }));
  return {
    tokens: query.q ? [...tokens, { operator: ":", value: query.q }] : tokens,
    operation: query.match === "any" ? "or" : "and",
  };
}

/** The inverse: what a change of the property filter changes of the query. Several free texts become one; hidden tokens are kept. */
export function fromPropertyQuery(
  changed: PropertyQuery,
  query: ListQuery,
  hidden: readonly string[] = [],
): Pick<ListQuery, "filter" | "q" | "match"> {
  const kept = (query.filter ?? []).filter(({ property }) => hidden.includes(property));
  const tokens = changed.tokens.flatMap(({ propertyKey, operator, value }): FilterToken[] => {
    const known = OPERATORS.find((candidate) => candidate === operator);
    return propertyKey && known ? [{ property: propertyKey, operator: known, value: tokenText(value) }] : [];
  });
  const words = changed.tokens.filter(({ propertyKey }) => !propertyKey).map(({ value }) => tokenText(value));
  const filter = [...kept, ...tokens];
  return {
    filter: filter.length > 0 ? filter : undefined,
    q: words.join(" ").trim().slice(0, 200) || undefined,
    match: changed.operation === "or" ? "any" : "all",
  };
}

/** Whether anything but page and order limits the list. */
export function isFiltered(query: ListQuery): boolean {
  const cuts = [query.account, query.region, query.engine, query.environment, query.owner];
  return Boolean(query.q) || (query.filter ?? []).length > 0 || cuts.some((cut) => (cut ?? []).length > 0);
}

function tokenText(value: unknown): string {
  return typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);
}
