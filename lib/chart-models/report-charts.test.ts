import { describe, expect, it } from "vitest";
import { reportBars, reportLines, reportTimeline } from "@/lib/chart-models/report-charts";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { figure, type LinesBlock } from "@/lib/domain/report-document";

const day = parsePlainDate;
const LINES: LinesBlock = {
  kind: "lines",
  id: "x",
  title: "X",
  unit: "percent",
  currency: null,
  from: day("2026-04-01"),
  until: day("2026-10-01"),
  mark: day("2026-07-01"),
  target: "95",
  series: [],
  note: null,
};
const points = (...values: [string, string | null][]) => values.map(([on, value]) => ({ day: day(on), value }));

describe("reportLines", () => {
  it("breaks a line where a value is not known or days are missing, and dots what stands alone", () => {
    const series = [
      {
        label: "A",
        points: points(
          ["2026-05-01", "90"],
          ["2026-05-02", "91"],
          ["2026-05-03", null],
          ["2026-05-04", "92"],
          ["2026-08-01", "93"],
        ),
      },
    ];
    const [line] = reportLines({ ...LINES, series }).lines;
    expect(line?.path.match(/[ML]/g)?.join("")).toBe("MLMM");
    expect(line?.dots.length).toBe(2);
    expect(line?.last).toBe("93.0\u00a0%");
  });

  it("holds every value and the target within its plot, never beyond 0 to 100 percent", () => {
    const series = [{ label: "A", points: points(["2026-05-01", "0"], ["2026-05-02", "100"]) }];
    const { plot, yTicks, lines, target } = reportLines({ ...LINES, series });
    expect(yTicks.map(({ label }) => label)).toEqual(["0 %", "25 %", "50 %", "75 %", "100 %"]);
    const ys = [...(lines[0]?.path.matchAll(/ ([\d.]+)/g) ?? [])].map(([, y]) => Number(y));
    for (const y of [...ys, target?.at ?? 0]) expect(y >= plot.top - 0.01 && y <= plot.bottom + 0.01).toBe(true);
  });

  it("begins amounts at zero, and says where the axis of shares does not", () => {
    const money = reportLines({
      ...LINES,
      unit: "money-per-month",
      currency: "USD",
      target: null,
      series: [{ label: "A", points: points(["2026-05-01", "54000"], ["2026-05-02", "56000"]) }],
    });
    expect(money.yTicks.map(({ label }) => label)).toEqual(["$0", "$20K", "$40K", "$60K"]);
    expect(money.axisNote).toBeNull();
    const shares = reportLines({ ...LINES, series: [{ label: "A", points: points(["2026-05-01", "94"]) }] });
    expect(shares.axisNote).toMatch(/^The axis begins at 9\d(\.\d+)? %\.$/);
  });

  it("draws nothing where nothing is known", () => {
    const { lines } = reportLines({ ...LINES, target: null, series: [{ label: "A", points: [] }] });
    expect(lines).toEqual([{ label: "A", path: "", dots: [], last: null }]);
  });
});

describe("reportBars", () => {
  it("gives a month of which nothing is known no height and no zero", () => {
    const block = {
      kind: "bars" as const,
      id: "b",
      title: "B",
      unit: "money" as const,
      currency: "USD",
      series: ["Billed"],
      note: null,
    };
    const { bars } = reportBars({
      ...block,
      bars: [
        { label: "2026-07", values: ["10"], estimated: true },
        { label: "2026-08", values: [null], estimated: false },
      ],
    });
    expect(bars.map(({ label, value, known }) => [label, value, known])).toEqual([
      ["2026-07 *", "$10.00", true],
      ["2026-08", "unknown", false],
    ]);
    expect(bars[1]?.height).toBe(0);
  });
});

describe("reportTimeline", () => {
  it("has a row for each end, left to right by day", () => {
    const mark = (on: string) => ({ label: on, on: day(on), brokers: figure("count", 1), spend: [] });
    const { rows, plot } = reportTimeline({
      kind: "timeline",
      id: "t",
      title: "T",
      from: day("2026-10-01"),
      until: day("2027-04-01"),
      quarters: [],
      marks: [mark("2026-11-01"), mark("2027-03-31")],
      note: null,
      empty: "",
    });
    expect(rows.map(({ text }) => text)).toEqual(["2026-11-01, 1 broker", "2027-03-31, 1 broker"]);
    expect((rows[0]?.x ?? 0) < (rows[1]?.x ?? 0) && (rows[1]?.x ?? 0) <= plot.right).toBe(true);
  });
});
