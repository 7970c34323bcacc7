import { expect, it } from "vitest";
import { listViewSearch, parseListView } from "./list-view";

it("comes back from the address as it went in", () => {
  const view = { columns: ["name", "owner"], wrap: true, density: "compact" as const, page: 3 };
  expect(parseListView(new URLSearchParams(listViewSearch(view)))).toEqual(view);
});

it.each(["", "columns=&wrap=yes&density=tiny&page=-4", "page=many"])("falls back to the default for %j", (address) => {
  expect(parseListView(new URLSearchParams(address))).toEqual({
    columns: null,
    wrap: false,
    density: "comfortable",
    page: 1,
  });
});

it("leaves defaults out of the address", () => {
  expect(listViewSearch({ columns: null, wrap: false, density: "comfortable", page: 1 })).toEqual([]);
});
