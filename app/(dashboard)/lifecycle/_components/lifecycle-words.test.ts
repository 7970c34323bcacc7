import { describe, expect, it } from "vitest";
import type { ExposureGroupView, LifecycleEntryView } from "@/lib/contracts/lifecycle";
import { brokersHref, entryFilters, entryStatus, entryTitle, exposureFilters, exposureTitle } from "./lifecycle-words";

const entry: LifecycleEntryView = {
  id: "engine-line RABBITMQ 3.12",
  kind: "engine-line",
  engine: "RABBITMQ",
  name: "3.12",
  state: "past-end-of-support",
  stage: "overdue",
  offeredSince: "2024-05-09",
  endOfSupport: "2025-03-17",
  noticeFrom: "2024-12-17",
  createBlockedFrom: "2025-02-15",
  forcedUpgradeEndExclusive: "2025-05-01",
  noEndDateAsOf: null,
  notKnowableFrom: null,
  nextLine: "3.13",
  creatable: false,
  upstreamEnds: [],
  source: null,
  verified: true,
  checkedOn: "2026-10-05",
  changedBy: null,
  sentence: "",
  brokers: 1,
  staleBrokers: 0,
  cells: [],
};
const undated = { endOfSupport: null, stage: null, forcedUpgradeEndExclusive: null };

describe("what is written of a line or type", () => {
  it.each([
    [{}, "RabbitMQ 3.12"],
    [{ name: "unknown" }, "RabbitMQ of unknown version"],
    [{ kind: "instance-type", name: "mq.t3.micro" }, "mq.t3.micro for RabbitMQ"],
    [{ kind: "instance-type", name: "unknown" }, "Unknown type for RabbitMQ"],
  ] as const)("%j is called %s", (change, title) => expect(entryTitle({ ...entry, ...change })).toBe(title));

  it.each([
    [{}, "Ended 17 Mar 2025, overdue"],
    [{ brokers: 0 }, "Ended 17 Mar 2025"],
    [{ stage: "forced-upgrade-window" }, "Ended 17 Mar 2025, AWS may upgrade before 1 May 2025"],
    [{ state: "ending", stage: "create-blocked" }, "Ends 17 Mar 2025, new brokers are refused"],
    [{ state: "ending", stage: "notice" }, "Ends 17 Mar 2025, in AWS's notice period"],
    [{ state: "supported", stage: null }, "Ends 17 Mar 2025"],
    [{ ...undated, noEndDateAsOf: "2026-10-05" }, "No end date published as of 5 Oct 2026"],
    [{ ...undated, state: "unknown" }, "Support unknown"],
  ])("%j stands at: %s", (change, status) => expect(entryStatus({ ...entry, ...change })).toBe(status));
});

describe("links to the brokers behind a number", () => {
  const filtersOf = (href: string) => new URL(href, "http://localhost").searchParams.getAll("filter");

  it("keep the page's cut, narrowed by the cell", () => {
    const href = brokersHref(entryFilters(entry), { account: ["1"], owner: ["a", "b"] }, { owner: ["a"] });
    expect(new URL(href, "http://localhost").searchParams.getAll("owner")).toEqual(["a"]);
    expect(href).toContain("account=1");
    expect(filtersOf(href)).toEqual(["engine=RABBITMQ", "engineLine=3.12", "presence=in-scope"]);
  });

  it("find a type that was never observed", () => {
    const href = brokersHref(entryFilters({ ...entry, kind: "instance-type", name: "unknown" }), {});
    expect(filtersOf(href)).toContain("instanceType=");
  });

  it.each([
    ["past-end-of-support", ["supportStatus=past-end-of-support", "stale=false"]],
    ["unknown", ["supportStatus=unknown", "stale=false"]],
    ["no-end-published", ["supportStatus=supported", "stale=false", "endOfSupport="]],
    ["stale", ["stale=true"]],
    [
      "ends-in-quarter",
      ["supportStatus!=past-end-of-support", "endOfSupport>=2026-10-01", "endOfSupport<2027-01-01", "stale=false"],
    ],
  ] as const)("ask for the group %s", (kind, filters) => {
    const group: ExposureGroupView = {
      kind,
      quarter: { name: "2026-Q4", start: "2026-10-01", endExclusive: "2027-01-01" },
      knowable: null,
      notKnowableFrom: null,
      brokers: 1,
      brokersWithoutCost: 0,
      spend: [],
      parts: [],
    };
    expect(filtersOf(brokersHref(exposureFilters(group), {}))).toEqual([...filters, "presence=in-scope"]);
    expect(exposureTitle({ ...group, kind: "ends-in-quarter" }, "2026-11-21")).toBe("Ends in the rest of 2026-Q4");
    expect(exposureTitle({ ...group, kind: "ends-in-quarter" }, "2026-09-30")).toBe("Ends in 2026-Q4");
  });
});
