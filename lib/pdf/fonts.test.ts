import { beforeAll, describe, expect, it } from "vitest";
import { printable, registerFonts } from "@/lib/pdf/fonts";

beforeAll(registerFonts);

describe("printable", () => {
  it("leaves Latin, Greek and Cyrillic as they are", () => {
    const text = "Zürich, naïve, Łódź, Ωμέγα, Жук, Київ – “quoted”, 5 €";
    expect(printable(text)).toBe(text);
  });

  it("names what the fonts cannot show by its code points, a run at a time, and spells arrows", () => {
    expect(printable("東京 🚀 team")).toBe("[U+6771 U+4EAC] [U+1F680] team");
    expect(printable("3.12 → 3.13")).toBe("3.12 -> 3.13");
  });

  it("takes a letter and its mark for one sign, and no control character", () => {
    expect(printable("e\u0301\u0007x")).toBe("é x");
  });
});
