import { describe, expect, it } from "vitest";
import { breadcrumbsOf, sectionOf } from "./page-map";

describe("navigation", () => {
  it.each([
    ["/", "/"],
    ["/brokers", "/brokers"],
    ["/brokers/b-1", "/brokers"],
    ["/brokersque", "/"],
    ["/settings/connect", "/settings"],
  ])("%s belongs to %s", (pathname, section) => expect(sectionOf(pathname)).toBe(section));

  it.each([
    ["/", undefined, ["MQ Steward", "Overview"]],
    ["/brokers", undefined, ["MQ Steward", "Brokers"]],
    ["/brokers/b-1%2F2", undefined, ["MQ Steward", "Brokers", "b-1/2"]],
    ["/brokers/b-1", "orders <prod>", ["MQ Steward", "Brokers", "orders <prod>"]],
    ["/syncs/12", undefined, ["MQ Steward", "Syncs", "Sync 12"]],
    ["/settings/connect", undefined, ["MQ Steward", "Settings", "Connect accounts"]],
  ])("%s is reached by its breadcrumbs", (pathname, name, texts) => {
    expect(breadcrumbsOf(pathname, name).map(({ text }) => text)).toEqual(texts);
  });
});
