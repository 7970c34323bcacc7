import { describe, expect, it } from "vitest";
import { type ListFilter, listWhere, SqlParams } from "@/lib/db/filter-sql";

function whereOf(asked: ListFilter, fixed: (string | null)[] = []) {
  const params = new SqlParams();
  const sql = listWhere(fixed, asked, params, {
    token: ({ property, value }) => `${property} = ${params.add(value)}`,
    searched: ["name", "owner"],
    alsoSearched: (pattern) => `EXISTS (SELECT 1 FROM tag WHERE value ILIKE ${pattern})`,
  });
  return { sql, values: params.values };
}

const TOKENS = [
  { property: "a", operator: "=", value: "1" },
  { property: "b", operator: "=", value: "2" },
];

describe("the condition of a list", () => {
  it.each([
    ["all", "AND"],
    ["any", "OR"],
  ] as const)("joins the tokens of match %s by %s, and all of them to what always holds", (match, joint) => {
    expect(whereOf({ match, filter: TOKENS }, ["in_scope", null, "NOT gone"])).toEqual({
      sql: `in_scope AND NOT gone AND ((a = $1) ${joint} (b = $2))`,
      values: ["1", "2"],
    });
  });

  it("looks for the text itself in any of what is searched, whatever joins the tokens", () => {
    const { sql, values } = whereOf({ match: "any", filter: TOKENS, q: "50%_" }, ["in_scope"]);
    expect(sql).toBe(
      "in_scope AND ((a = $1) OR (b = $2)) AND (name ILIKE $3 OR owner ILIKE $3 OR EXISTS (SELECT 1 FROM tag WHERE value ILIKE $3))",
    );
    expect(values).toEqual(["1", "2", "%50\\%\\_%"]);
  });

  it("says what always holds where nothing is asked for", () => {
    expect(whereOf({ match: "any", q: "" }, [null, "in_scope"])).toEqual({ sql: "in_scope", values: [] });
  });
});
