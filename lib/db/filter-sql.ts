import { CAST, filterValue, invalidFilter, type PropertyType, UNKNOWN } from "@/lib/db/filter-value";
import { AppError } from "@/lib/domain/errors";

export interface PropertySql {
  /** SQL expression; never made of user input. */
  expr: string;
  type: PropertyType;
  /** What "contains" looks into, where the text of `expr` is not what a person reads. */
  textExpr?: string;
  /** Sorts NULL as this literal (total order); default: '' for text, -1 for numbers, -infinity for times. */
  nullSort?: string;
  /** An index has this order for the rows a list is asked for most, with the row's id behind it. */
  indexed?: boolean;
  /** Reads the value a person writes (e.g. severity names) into the compared one. */
  parse?: (value: string) => string;
}

/** A property that is a text. */
export const text = (expr: string): PropertySql => ({ expr, type: "text" });

export interface Token {
  property: string;
  operator: string;
  value: string;
}

/** Collects numbered parameters of one statement. */
export class SqlParams {
  readonly values: unknown[] = [];
  add(value: unknown): string {
    // PostgreSQL's text has no NUL; nothing that is stored could match it.
    if ([value].flat().some((each) => typeof each === "string" && each.includes("\0")))
      throw new AppError("invalid-input", "a text holds a NUL character");
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set([">=", "<=", ">", "<"]);
const EQUALITY: ReadonlySet<string> = new Set(["=", "!="]);

/** The property of a name that came from outside; null for one that is none. */
export function propertyOf(properties: Readonly<Record<string, PropertySql>>, name: string): PropertySql | null {
  return Object.hasOwn(properties, name) ? (properties[name] ?? null) : null;
}

/** LIKE pattern that contains the text literally. */
function containing(value: string): string {
  return `%${value.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

/**
 * One token as a SQL condition that is never NULL. Text compares without regard to case. A version or a day given in part means all that begin with
 * it, for every operator: 3.13 is every 3.13.x, so 3.13.7 is neither greater nor less. `=` with nothing behind it finds what is not known. Errors:
 * invalid-input for an unknown property, operator or value.
 */
export function tokenSql(token: Token, property: PropertySql | null, params: SqlParams): string {
  if (!property) throw invalidFilter(`cannot filter by ${JSON.stringify(token.property.slice(0, 60))}`);
  const { operator } = token;
  if (operator === ":" || operator === "!:") {
    const shown = property.textExpr ?? textSql(property);
    const like = `COALESCE(${shown}, '') ILIKE ${params.add(containing(token.value))}`;
    return operator === ":" ? like : `NOT (${like})`;
  }
  if (EQUALITY.has(operator)) {
    const is = equalitySql(property, token.value, params);
    return operator === "=" ? is : `NOT (${is})`;
  }
  if (!COMPARISONS.has(operator)) throw invalidFilter(`unknown operator ${operator}`);
  const { left, right, known } = sides(property, token.value, params);
  return `COALESCE(${known}${left} ${operator} ${right}, false)`;
}

/** A token of a yes-or-no question (`true` or `false`) as a SQL condition; `is` is never NULL. Errors: invalid-input. */
export function booleanTokenSql(token: Token, is: string): string {
  const wanted = token.value.toLowerCase();
  if (wanted !== "true" && wanted !== "false") throw invalidFilter(`${token.property} is true or false`);
  return (wanted === "true") === isEquality(token) ? is : `NOT (${is})`;
}

/** Whether the token asks for equality (`=`) or its opposite (`!=`), for properties that have no order. Errors: invalid-input for anything else. */
export function isEquality(token: Token): boolean {
  if (!EQUALITY.has(token.operator)) throw invalidFilter(`${token.property} can be compared with = and != only`);
  return token.operator === "=";
}

/** The text of a value as answers show it. */
function textSql({ expr, type }: PropertySql): string {
  return type === "timestamptz"
    ? `to_char((${expr}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : `(${expr})::text`;
}

function equalitySql(property: PropertySql, value: string, params: SqlParams): string {
  const { expr, type } = property;
  if (type === "version" && (value === "" || value.toLowerCase() === UNKNOWN)) return `cardinality(${expr}) = 0`;
  if (value === "") return type === "text" ? `COALESCE(${expr}, '') = ''` : `(${expr}) IS NULL`;
  const { left, right, known } = sides(property, value, params);
  return `COALESCE(${known}${left} = ${right}, false)`;
}

/** Both sides of a comparison, of the same type and precision; `known` leaves out what has no value but is not NULL. */
function sides(
  { expr, type, parse }: PropertySql,
  value: string,
  params: SqlParams,
): { left: string; right: string; known: string } {
  const checked = filterValue(type, parse ? parse(value) : value);
  const right = `${params.add(checked)}::text::${CAST[type]}`;
  if (type === "text") return { left: `lower(${expr})`, right: `lower(${right})`, known: "" };
  if (type === "version") {
    const length = checked.split(",").length;
    return { left: `(${expr})[1:${length}]`, right, known: `cardinality(${expr}) > 0 AND ` };
  }
  const isDay = type === "timestamptz" && checked.length === "YYYY-MM-DD".length;
  if (isDay)
    return {
      left: `((${expr}) AT TIME ZONE 'UTC')::date`,
      right: `${right.replace("timestamptz", "date")}`,
      known: "",
    };
  return { left: `(${expr})`, right, known: "" };
}

/** An IN condition over text values. */
export function inSql(expr: string, values: readonly string[] | undefined, params: SqlParams): string | null {
  return values && values.length > 0 ? `${expr} = ANY(${params.add([...values])}::text[])` : null;
}

/** What a list is asked for: tokens joined by `match`, and a text to search for. */
export interface ListFilter {
  filter?: readonly Token[] | undefined;
  match: "all" | "any";
  q?: string | undefined;
}

/**
 * The condition of a list: what always holds (null: nothing to say), the tokens as `match` joins them, and the text of `q` in any of the `searched`
 * expressions (`alsoSearched`: in more than expressions, given the pattern's placeholder). Errors: invalid-input, of the tokens and the text.
 */
export function listWhere(
  fixed: readonly (string | null)[],
  { filter = [], match, q }: ListFilter,
  params: SqlParams,
  list: {
    token: (token: Token) => string;
    searched: readonly string[];
    alsoSearched?: (pattern: string, q: string) => string;
  },
): string {
  const conditions = fixed.filter((condition) => condition !== null);
  const tokens = filter.map((token) => `(${list.token(token)})`);
  if (tokens.length > 0) conditions.push(`(${tokens.join(match === "any" ? " OR " : " AND ")})`);
  if (q) {
    const pattern = params.add(containing(q));
    const found = list.searched.map((expr) => `${expr} ILIKE ${pattern}`);
    if (list.alsoSearched) found.push(list.alsoSearched(pattern, q));
    conditions.push(`(${found.join(" OR ")})`);
  }
  return conditions.join(" AND ");
}
