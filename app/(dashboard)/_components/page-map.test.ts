import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { PERMISSIONS } from "@/lib/contracts/permissions";
import { breadcrumbsOf, permissionOf, sectionOf } from "./page-map";

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
    ["/plans/7", undefined, ["MQ Steward", "Plans", "Plan 7"]],
    ["/plans/campaigns/7", undefined, ["MQ Steward", "Plans", "Campaigns", "Campaign 7"]],
    ["/plans/campaigns/7", "Off 3.12", ["MQ Steward", "Plans", "Campaigns", "Off 3.12"]],
    ["/profile", undefined, ["MQ Steward", "Your account"]],
    ["/settings/connect", undefined, ["MQ Steward", "Settings", "Connect accounts"]],
  ])("%s is reached by its breadcrumbs", (pathname, name, texts) => {
    expect(breadcrumbsOf(pathname, name).map(({ text }) => text)).toEqual(texts);
  });
});

describe("every page of the dashboard", () => {
  const root = join(import.meta.dirname, "..");
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)page\.tsx$/.test(name))
    .map((name) => {
      const segments = dirname(name).split("/");
      return `/${segments.filter((segment) => segment !== "." && !segment.startsWith("(")).join("/")}`;
    });

  it.each(paths)("%s names the permission it needs", (path) => {
    // A page outside the map would fall to the overview's.
    if (path !== "/") expect(sectionOf(path)).not.toBe("/");
    expect(PERMISSIONS).toHaveProperty([permissionOf(path)]);
  });

  it("asks no less for a page below another than for the page itself", () => {
    expect(permissionOf("/settings/connect")).toBe("accounts:write");
    expect(permissionOf("/settings")).toBe("settings:read");
  });
});
