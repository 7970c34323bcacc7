import { describe, expect, it } from "vitest";
import { addressOf, databaseNameOf, type PlanInput, planOf } from "./plan";

const input: PlanInput = {
  mode: "production",
  root: "/srv/mq steward",
  dataDirectory: "/srv/mq steward/.data",
  host: "127.0.0.1",
  port: 3000,
  databaseUrl: "postgresql://127.0.0.1/x",
  simulatorPort: undefined,
  demoAnchor: undefined,
  environment: { PATH: "/bin", AWS_PROFILE: "prod", AWS_ENDPOINT_URL_S3: "http://minio", UNSET: undefined },
};
const demo: PlanInput = { ...input, mode: "demo", simulatorPort: 4000 };

describe("planOf", () => {
  it("in production migrates, then starts worker and web with the person's own AWS settings", () => {
    const plan = planOf(input);
    expect(plan.map(({ name }) => name)).toEqual(["migrations", "worker", "web"]);
    expect(plan[1]?.env).toMatchObject({ AWS_PROFILE: "prod", DATABASE_URL: "postgresql://127.0.0.1/x" });
  });

  it("gives the role that owns the tables to the migration run alone, and to none in a demo", () => {
    const environment = {
      ...input.environment,
      DATABASE_URL: "postgresql://app@db/x",
      MIGRATION_DATABASE_URL: "postgresql://owner@db/x",
    };
    const holders = (of: PlanInput) =>
      planOf({ ...of, environment }).flatMap(({ name, env }) => ("MIGRATION_DATABASE_URL" in env ? [name] : []));
    expect(holders(input)).toEqual(["migrations"]);
    expect(holders(demo)).toEqual([]);
  });

  it("in a demo starts the simulator before those who call it, and the history last", () => {
    const stages = planOf(demo).map(({ stage, name }) => `${stage} ${name}`);
    expect(stages).toEqual(["0 migrations", "0 simulator", "1 worker", "1 web", "2 history"]);
  });

  it("lets nothing of the person's own AWS settings into a demo", () => {
    for (const { env } of planOf(demo)) {
      expect(env).not.toHaveProperty("AWS_PROFILE");
      expect(env).not.toHaveProperty("AWS_ENDPOINT_URL_S3");
      expect(env).toMatchObject({ AWS_ENDPOINT_URL: "http://127.0.0.1:4000", AWS_ACCESS_KEY_ID: "demo", PATH: "/bin" });
    }
  });

  it("stops whoever makes work first and those whom others need last", () => {
    const ranks = planOf(demo)
      .filter(({ kind }) => kind !== "task")
      .map(({ name, stopRank }) => `${stopRank} ${name}`);
    expect(ranks.sort()).toEqual(["0 history", "0 worker", "1 web", "2 simulator"]);
  });

  it("pins the demo's calendar only when it is asked to", () => {
    const simulator = (plan: PlanInput) =>
      planOf(plan)
        .find(({ name }) => name === "simulator")
        ?.args.join(" ");
    expect(simulator(demo)).not.toContain("--anchor");
    expect(simulator({ ...demo, demoAnchor: "2026-01-31" })).toContain("--anchor 2026-01-31");
  });

  it("names the guard by a URL, which Node wants for a path with spaces", () => {
    expect(planOf(input)[1]?.args).toContain("file:///srv/mq%20steward/scripts/process/child-guard.mjs");
  });
});

describe("addressOf", () => {
  it.each([
    ["127.0.0.1", "http://127.0.0.1:3000"],
    ["0.0.0.0", "http://127.0.0.1:3000"],
    ["::", "http://127.0.0.1:3000"],
    ["::1", "http://[::1]:3000"],
    ["[::1]", "http://[::1]:3000"],
    ["steward.example.com", "http://steward.example.com:3000"],
  ])("of %s is %s", (host, address) => {
    expect(addressOf(host, 3000)).toBe(address);
  });
});

describe("databaseNameOf", () => {
  it("keeps demo and test data out of the production database of the same folder", () => {
    expect((["production", "demo", "test"] as const).map(databaseNameOf)).toEqual([
      "mq_steward",
      "mq_steward_demo",
      "mq_steward_test",
    ]);
  });
});
