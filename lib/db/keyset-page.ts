import type { Database } from "@/lib/db/client";
import { type PropertySql, propertyOf, SqlParams } from "@/lib/db/filter-sql";
import { CAST, isSortValue, type PropertyType } from "@/lib/db/filter-value";
import { AppError } from "@/lib/domain/errors";

/** What NULL sorts as where a property does not say. */
const NULL_SORT: Readonly<Record<PropertyType, string>> = {
  text: "''",
  int: "-1",
  numeric: "-1",
  timestamptz: "'-infinity'::timestamptz",
  date: "'-infinity'::date",
  version: "'{}'::int[]",
};

/** A list that is read page by page. */
export interface KeysetList {
  /** Names the list in cursors, so that none is taken from another. */
  name: string;
  columns: string;
  from: string;
  /** The condition, its values added to the parameters given. */
  where(params: SqlParams): string;
  properties: Readonly<Record<string, PropertySql>>;
  sort: string;
  direction: "asc" | "desc";
  /** Unique bigint that makes the order total. */
  idExpr: string;
  limit: number;
  cursor?: string | undefined;
}

/**
 * A page by keyset, with the number of all rows that match. All rows are looked at once, for their order alone, or, where an index gives the order, they are
 * counted and the page is read off the index; only rows of the page are read in full. Errors: invalid-input for unknown properties, values and cursors.
 */
export async function keysetPage<R extends { sortValue: string }>(
  db: Database,
  list: KeysetList,
  idOf: (row: R) => number | string,
): Promise<{ rows: R[]; total: number; nextCursor: string | null }> {
  const { columns, from, idExpr, limit, cursor } = list;
  const fingerprint = `${list.name} ${list.sort} ${list.direction}`;
  const order = orderSql(list.properties, list.sort, list.direction);
  const params = new SqlParams();
  const where = list.where(params);
  const ordered = order.indexed ? `${from} WHERE ${where}` : "FROM hit WHERE true";
  const [value, id] = order.indexed ? ([order.expr, idExpr] as const) : (["sort_value", "hit_id"] as const);
  const after = cursor ? afterSql(order, [value, id], decodeCursor(cursor, fingerprint), params) : "true";
  const sql = `WITH hit AS ${order.indexed ? "NOT " : ""}MATERIALIZED (SELECT ${idExpr} AS hit_id, ${order.expr} AS sort_value ${from} WHERE ${where}),
     page AS MATERIALIZED (
       SELECT ${id} AS hit_id, ${value} AS sort_value ${ordered} AND ${after}
        ORDER BY ${value} ${order.direction}, ${id} ${order.direction} LIMIT ${params.add(limit + 1)}::int)
     SELECT hits.total, listed.* FROM (SELECT count(*)::int AS total FROM hit) hits LEFT JOIN (
       SELECT ${columns}, page.sort_value::text AS "sortValue", page.hit_id,
              row_number() OVER (ORDER BY page.sort_value ${order.direction}, page.hit_id ${order.direction}) AS nth
         ${from} JOIN page ON page.hit_id = ${idExpr}) listed ON true
      ORDER BY listed.nth`;
  const read = await db.rows<R & { total: number; hit_id: unknown }>(sql, ...params.values);
  // Where the page is empty, one row tells the total alone.
  const rows = read.filter(({ hit_id }) => hit_id !== null);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    total: read[0]?.total ?? 0,
    nextCursor: rows.length > limit && last ? encodeCursor(last.sortValue, idOf(last), fingerprint) : null,
  };
}

interface Order {
  /** Sort expression without NULLs. */
  expr: string;
  type: PropertyType;
  direction: "ASC" | "DESC";
  /** An index gives it. */
  indexed: boolean;
}

/** The total order of a list. Errors: invalid-input for a property that cannot be sorted by. */
function orderSql(properties: Readonly<Record<string, PropertySql>>, sort: string, order: "asc" | "desc"): Order {
  const property = propertyOf(properties, sort);
  if (!property) {
    throw new AppError("invalid-input", `cannot sort by ${JSON.stringify(sort)}`, { details: { field: "sort" } });
  }
  const nullSort = property.nullSort ?? NULL_SORT[property.type];
  const base = property.type === "text" ? `lower(${property.expr})` : property.expr;
  return {
    expr: `COALESCE(${base}, ${nullSort})`,
    type: property.type,
    direction: order === "desc" ? "DESC" : "ASC",
    indexed: property.indexed ?? false,
  };
}

interface Cursor {
  value: string;
  id: string;
}

/** Opaque cursor: the last row's sort value and id, with a fingerprint of the list and order it belongs to. */
function encodeCursor(sortValue: string, id: number | string, fingerprint: string): string {
  return Buffer.from(JSON.stringify([sortValue, String(id), fingerprint])).toString("base64url");
}

/** Errors: invalid-input for a cursor that is not ours or belongs to another list or order. */
function decodeCursor(cursor: string, fingerprint: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(parsed)) {
      const [value, id, print] = parsed;
      if (typeof value === "string" && typeof id === "string" && /^\d{1,18}$/.test(id) && print === fingerprint)
        return { value, id };
    }
  } catch {
    // falls through to the one error
  }
  throw strangeCursor();
}

/** The condition "after the cursor", of the expressions that order. Errors: invalid-input for a cursor whose value the order cannot have. */
function afterSql(order: Order, [value, id]: readonly [string, string], cursor: Cursor, params: SqlParams): string {
  if (!isSortValue(order.type, cursor.value)) throw strangeCursor();
  const sign = order.direction === "ASC" ? ">" : "<";
  return `(${value}, ${id}) ${sign} (${params.add(cursor.value)}::text::${CAST[order.type]}, ${params.add(cursor.id)}::text::bigint)`;
}

/** The error of a cursor that does not fit. */
export function strangeCursor(): AppError {
  return new AppError("invalid-input", "The cursor does not belong to this list; start again without it.", {
    details: { field: "cursor" },
  });
}
