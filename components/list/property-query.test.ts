import { describe, expect, it } from "vitest";
import { listQuery } from "@/lib/contracts/common";
import { listSearch, searchRecord } from "@/lib/queries/list-search";
import { fromPropertyQuery, isFiltered, toPropertyQuery } from "./property-query";

const address =
  "account=111111111111&filter=engineVersion%3E%3D3.13&filter=tag.team%3Dpay%26ments&filter=presence%3A&match=any&q=%3Cb%3E&sort=owner&order=desc&limit=100";
const query = listQuery.parse(searchRecord(new URLSearchParams(address)));

describe("property filter and address", () => {
  it("come back to the same address through the filter's own shape", () => {
    const edited = { ...query, ...fromPropertyQuery(toPropertyQuery(query), query) };
    expect(listSearch(edited)).toBe(listSearch(query));
  });

  it("keeps what has a control of its own out of the filter, and in the query", () => {
    const shown = toPropertyQuery(query, ["presence"]);
    expect(shown.tokens).toEqual([
      { propertyKey: "engineVersion", operator: ">=", value: "3.13" },
      { propertyKey: "tag.team", operator: "=", value: "pay&ments" },
      { operator: ":", value: "<b>" },
    ]);
    expect(fromPropertyQuery({ tokens: [], operation: "and" }, query, ["presence"])).toEqual({
      filter: [{ property: "presence", operator: ":", value: "" }],
      q: undefined,
      match: "all",
    });
  });

  it("joins several free texts and drops operators the API does not know", () => {
    const tokens = [
      { operator: ":", value: "orders" },
      { operator: ":", value: "eu" },
      { propertyKey: "name", operator: "^", value: "x" },
    ];
    expect(fromPropertyQuery({ tokens, operation: "and" }, listQuery.parse({}))).toEqual({
      filter: undefined,
      q: "orders eu",
      match: "all",
    });
  });
});

describe("canonical query string", () => {
  it("is the same for defaults written out and left out", () => {
    expect(listSearch(listQuery.parse({ limit: "50", match: "all" }))).toBe("");
  });
  it("does not depend on the order of the address", () => {
    const shuffled = new URLSearchParams([...new URLSearchParams(address)].reverse());
    const same = listQuery.parse(searchRecord(shuffled));
    expect(listSearch({ ...same, filter: query.filter })).toBe(listSearch(query));
  });
});

it("calls a list filtered only when something limits it", () => {
  expect([
    isFiltered(listQuery.parse({ sort: "name", limit: "20" })),
    isFiltered(listQuery.parse({ region: "eu-west-1" })),
  ]).toEqual([false, true]);
});
