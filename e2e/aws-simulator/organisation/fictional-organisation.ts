import { accounts, logistics, payments, platform, sandbox, staging } from "./accounts";
import type { BrokerSpec } from "./broker-spec";
import { harbourFleet } from "./fleet-harbour";
import { logisticsFleet } from "./fleet-logistics";
import { paymentsFleet } from "./fleet-payments";
import { platformFleet } from "./fleet-platform";
import { sandboxFleet } from "./fleet-sandbox";
import { stagingFleet } from "./fleet-staging";
import type { Broker, Configuration, Organisation } from "./model";
import { ordinaryFuture } from "./ordinary-future";
import { dayStart } from "./seeded";
import { type Story, tellBroker } from "./tell-broker";

export interface FictionalOptions {
  /** The day D of the story, YYYY-MM-DD. */
  readonly anchor: string;
  readonly seed?: number;
}

/** Events are told for this long after D. */
export const horizonDays = 400;

const fleets: readonly (readonly [account: string, fleet: (story: Story) => BrokerSpec[]])[] = [
  [platform, platformFleet],
  [payments, paymentsFleet],
  [logistics, logisticsFleet],
  [logistics, harbourFleet],
  [staging, stagingFleet],
  [sandbox, sandboxFleet],
];

/**
 * The fictional organisation of the demo: five living accounts, seven regions, about a hundred brokers alive at D. The
 * story covers the years before D and 400 days after it; the same anchor and seed give the same value.
 */
export function fictionalOrganisation({ anchor, seed = 7 }: FictionalOptions): Organisation {
  const story: Story = { seed, day: dayStart(anchor), horizonDays };
  const brokers: Broker[] = [];
  const configurations: Configuration[] = [];
  for (const [account, fleet] of fleets) {
    for (const spec of fleet(story)) {
      const built = tellBroker(story, account, ordinaryFuture(seed, account, spec));
      brokers.push(built.broker);
      if (built.configuration) configurations.push(built.configuration);
    }
  }
  return { id: "o-a1b2c3d4e5", anchor, seed, managementAccountId: platform, accounts, brokers, configurations };
}
