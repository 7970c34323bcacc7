import { describe, expect, it } from "vitest";
import { bulkOrganisation, bulkRoleName } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { startSimulator } from "@/e2e/aws-simulator/simulator";
import { wallClock } from "@/lib/domain/clock";
import { createGateway } from "./create-gateway";
import type { AwsGateway } from "./gateway";

/** Simulated seconds per second: the 20 s that AWS demands for 400 brokers pass in two of ours. */
const SCALE = 10;
/**
 * On virtual time the limiter is never throttled (rate-limit.test.ts). Here a process that is held up delivers late what it sent in time; such
 * a hold-up of 30 ms is one of 0.3 s to the simulated AWS, and costs a few refusals. Without the limiter it were three hundred.
 */
const HELD_UP = 30;

async function simulation(accounts: number, brokers: number) {
  const simulator = await startSimulator({
    organisation: bulkOrganisation({ accounts, regions: 2, brokers }),
    asOf: "2026-11-21T06:00:00Z",
    rate: SCALE,
    throttle: true,
  });
  const gateway = createGateway({
    wall: wallClock,
    log: { warn: () => undefined, debug: () => undefined },
    defaultRegion: "us-east-1",
    endpointUrl: simulator.url,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    timeScale: SCALE,
  });
  return { simulator, gateway };
}

async function readAll(gateway: AwsGateway, accountId: string, roleArn: string | null) {
  const session = gateway.session({ accountId, roleArn, externalId: null });
  const regions = await Promise.all(
    ["us-east-1", "us-east-2"].map(async (region) => {
      const { items } = await session.listBrokers(region);
      return session.describeBrokers(
        region,
        items.map(({ brokerId }) => brokerId),
      );
    }),
  );
  return { regions, counts: session.counts().mq ?? { requests: 0, throttled: -1, retries: -1, billableUnits: 0 } };
}

// Much of it is waiting for a simulated clock; on a busy machine the requests themselves take long.
describe("politeness under AWS's own limits", { timeout: 60_000 }, () => {
  it("reads 400 brokers of an account, regions at the same time, at the pace AWS allows", async () => {
    const { simulator, gateway } = await simulation(1, 400);
    try {
      const before = wallClock.monotonicMs();
      const { regions, counts } = await readAll(gateway, simulator.organisation.managementAccountId, null);
      const simulatedSeconds = ((wallClock.monotonicMs() - before) / 1000) * SCALE;
      expect(regions.map(({ status }) => status)).toEqual(["complete", "complete"]);
      expect(regions.flatMap(({ items }) => items)).toHaveLength(400);
      expect(counts.throttled).toBeLessThan(HELD_UP);
      expect(counts.retries).toBe(counts.throttled);
      // AWS would not have let it through in less; how near it comes is tested on virtual time.
      expect(simulatedSeconds).toBeGreaterThan((counts.requests - counts.throttled - 100) / 15);
    } finally {
      gateway.close();
      await simulator.close();
    }
  });

  it("gets everything although somebody else uses up the account's limit, and leaves other accounts alone", async () => {
    const { simulator, gateway } = await simulation(2, 100);
    try {
      const [first, second] = simulator.organisation.accounts;
      simulator.control("POST", "/faults", {
        add: [{ kind: "throttle", service: "mq", account: first?.id, probability: 0.3 }],
      });
      const [busy, quiet] = await Promise.all([
        readAll(gateway, first?.id ?? "", null),
        readAll(gateway, second?.id ?? "", `arn:aws:iam::${second?.id}:role/${bulkRoleName}`),
      ]);
      expect(busy.regions.map(({ status }) => status)).toEqual(["complete", "complete"]);
      expect(busy.counts.throttled).toBeGreaterThan(5);
      expect(busy.counts.retries).toBe(busy.counts.throttled);
      expect(quiet.counts.throttled).toBeLessThan(HELD_UP);
      expect(busy.counts.throttled).toBeGreaterThan(quiet.counts.throttled);
    } finally {
      gateway.close();
      await simulator.close();
    }
  });
});
