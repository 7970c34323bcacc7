import { describe, expect, it } from "vitest";
import { csvResponse } from "@/lib/services/read/csv";
import { everyPage, itemsForJson } from "@/lib/services/read/every-page";

/** A list of the numbers from 1 to `total`, read two at a time; notes the cursors it was asked with. */
function listOf(total: number) {
  const asked: (string | undefined)[] = [];
  const read = async ({ cursor }: { cursor: string | undefined }) => {
    asked.push(cursor);
    const from = Number(cursor ?? 1);
    const rows = [from, from + 1].filter((n) => n <= total);
    return { rows, total, nextCursor: from + 2 <= total ? String(from + 2) : null };
  };
  return { read, asked };
}

describe("every page of a list", () => {
  it("follows the cursors to the end, in order", async () => {
    const { read, asked } = listOf(5);
    const pages: string[][] = [];
    for await (const page of everyPage(read, (n) => `no. ${n}`)) pages.push(page);
    expect(pages).toEqual([["no. 1", "no. 2"], ["no. 3", "no. 4"], ["no. 5"]]);
    expect(asked).toEqual([undefined, "3", "5"]);
  });

  it("goes into one JSON document up to 20,000 items, and is refused at the first page beyond", async () => {
    expect(await itemsForJson("findings", listOf(20_000).read, String)).toHaveLength(20_000);
    const { read, asked } = listOf(20_001);
    await expect(itemsForJson("findings", read, String)).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("20001 findings"),
    });
    expect(asked).toHaveLength(1);
  });
});

describe("a CSV download of pages", () => {
  it("holds every page once below its header", async () => {
    const answer = await csvResponse("numbers.csv", ["Number"], everyPage(listOf(5).read, Number), (n) => [n]);
    expect(await answer.text()).toBe("Number\r\n1\r\n2\r\n3\r\n4\r\n5\r\n");
  });

  it("is an error, not half an answer, where the first page cannot be read", async () => {
    const broken = everyPage(() => Promise.reject(new Error("no such property")), String);
    await expect(csvResponse("numbers.csv", ["Number"], broken, (n) => [n])).rejects.toThrow("no such property");
  });
});
