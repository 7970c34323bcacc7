import { describe, expect, it } from "vitest";
import { readPages } from "./pages";

const pagesOf = (...tokens: (string | null | undefined)[]) => {
  let count = 0;
  return async (token: string | undefined) => {
    const page = `${token ?? "first"}`;
    const nextToken = tokens[count];
    count += 1;
    return { page, nextToken };
  };
};

describe("reading a listing to its end", () => {
  it("follows the tokens until there is none", async () => {
    expect(await readPages(pagesOf("a", "b", null))).toEqual({ pages: ["first", "a", "b"], stoppedBy: null });
  });

  it("takes an empty token for the end", async () => {
    expect((await readPages(pagesOf("a", ""))).pages).toEqual(["first", "a"]);
  });

  it("goes on over empty pages that have a token", async () => {
    expect((await readPages(async (token) => ({ page: [], nextToken: token ? null : "next" }))).pages).toEqual([
      [],
      [],
    ]);
  });

  it("stops at a token that was already used, with what it has", async () => {
    const { pages, stoppedBy } = await readPages(pagesOf("a", "b", "a", "b"));
    expect(pages).toEqual(["first", "a", "b"]);
    expect(stoppedBy).toBeInstanceOf(Error);
  });

  it("stops an endpoint that invents tokens for ever", async () => {
    let count = 0;
    const { pages, stoppedBy } = await readPages(async () => {
      count += 1;
      return { page: count, nextToken: `t${count}` };
    });
    expect(pages).toHaveLength(20_000);
    expect(stoppedBy).toBeInstanceOf(Error);
  });

  it.each([
    ["the same page", ["a"]],
    ["an empty page", []],
  ])("stops soon at %s under ever new tokens", async (_what, page) => {
    let count = 0;
    const { pages, stoppedBy } = await readPages(async () => {
      count += 1;
      return { page, nextToken: `t${count}` };
    });
    expect(pages.length).toBeLessThan(100);
    expect(pages[0]).toEqual(page);
    expect(stoppedBy).toBeInstanceOf(Error);
  });

  it("reads on over fifty empty pages in a row", async () => {
    let count = 0;
    const { pages, stoppedBy } = await readPages(async () => {
      count += 1;
      return { page: count > 50 ? ["last"] : [], nextToken: count > 50 ? null : `t${count}` };
    });
    expect([pages.at(-1), stoppedBy]).toEqual([["last"], null]);
  });

  it("tells what stopped it beside the pages that arrived", async () => {
    const error = new Error("x");
    const read = await readPages(async (token) => {
      if (token) throw error;
      return { page: 1, nextToken: "a" };
    });
    expect(read).toEqual({ pages: [1], stoppedBy: error });
  });
});
