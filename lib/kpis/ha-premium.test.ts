import { expect, it } from "vitest";
import { haPremiumOf } from "@/lib/cost/ha-premium";
import { haPremium } from "@/lib/kpis/ha-premium";
import { SHIPPED_PRICES } from "@/lib/reference/prices";
import { buildFleet, type KpiBrokerOverrides } from "@/lib/testing/build-fleet";

function priced(engine: string, deploymentMode: string | null, instanceType: string): KpiBrokerOverrides {
  const region = "us-east-1";
  const shape = { region, engine, deploymentMode, instanceType };
  return {
    region,
    attributes: { engine, deploymentMode, instanceType },
    advice: { waste: null, notJudged: [], realised: [], haPremium: haPremiumOf(SHIPPED_PRICES, shape) },
  };
}

it("is the difference of two looked-up prices; a cluster's price holds three nodes; unknown ones are counted, and named", () => {
  const fleet = buildFleet([
    priced("ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "mq.m5.large"),
    priced("RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m5.large"),
    priced("RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m7g.large"),
    priced("ACTIVEMQ", "SINGLE_INSTANCE", "mq.m5.large"),
  ]);
  const [value] = haPremium.compute(fleet);
  // (0.576 - 0.288) x 730 and (0.864 - 0.288) x 730.
  expect(value?.value?.toFixed()).toBe("630.72");
  expect(value).toMatchObject({ series: "USD", unknowns: 1 });
  expect(value?.caveats).toEqual([
    "List prices as of 2025-02-13, not billed amounts.",
    "1 highly available broker has no known price and is not in the sum.",
  ]);
  expect(haPremium.contributors(fleet).map(({ group }) => group)).toEqual([
    "numerator",
    "numerator",
    "unknown",
    "not-in-numerator",
  ]);
});

it("has no figure where no price is known, and is zero without any highly available broker", () => {
  expect(haPremium.compute(buildFleet([priced("RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m7g.large")]))[0]).toMatchObject({
    value: null,
    unknowns: 1,
  });
  expect(
    haPremium.compute(buildFleet([priced("ACTIVEMQ", "SINGLE_INSTANCE", "mq.m5.large")]))[0]?.value?.toFixed(),
  ).toBe("0");
});

it("counts brokers of unknown deployment mode as unknown, and is no figure where none is known", () => {
  const mixed = haPremium.compute(
    buildFleet([priced("RABBITMQ", null, "mq.m5.large"), priced("RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m5.large")]),
  )[0];
  expect(mixed?.value?.toFixed()).toBe("420.48");
  expect(mixed).toMatchObject({ unknowns: 1 });
  expect(mixed?.caveats[1]).toBe("The deployment mode of 1 broker is not known; it is not in the sum.");
  const blind = buildFleet([priced("RABBITMQ", null, "mq.m5.large")]);
  expect(haPremium.compute(blind)[0]).toMatchObject({
    value: null,
    unknowns: 1,
    unavailable: "No broker's deployment mode is known here.",
  });
  expect(haPremium.contributors(blind).map(({ group, reason }) => [group, reason])).toEqual([
    ["unknown", "Deployment mode not known"],
  ]);
});
