import { staging } from "./accounts";
import type { BrokerSpec } from "./broker-spec";
import { cluster, pair, rabbit, single } from "./deployments";
import { connectorsTo } from "./meshes";
import { peerOf, type Story } from "./tell-broker";

/** Staging: goes first with every upgrade, and keeps what performance tests left behind. */
export function stagingFleet(story: Story): BrokerSpec[] {
  const owned = (squad: string, stage = "staging") => ({ squad, Stage: stage });
  const quiet = { cpuPercent: 9, connections: 8, messages: 20 };
  const meshA = { ...single, name: "invoice-mesh-stg-a", region: "eu-west-1", type: "m5.large", created: -440 };
  const meshB = { ...single, name: "invoice-mesh-stg-b", region: "eu-west-1", type: "m5.large", created: -440 };
  const peerA = ["a", peerOf(story, staging, meshA)] as const;
  const peerB = ["b", peerOf(story, staging, meshB)] as const;
  const runs = [-440, -350, -260, -170, -80, 10, 100, 190, 280].map(
    (day, index): BrokerSpec => ({
      ...rabbit,
      name: `e2e-run-${index + 1}`,
      region: "us-west-2",
      type: "m7g.medium",
      created: day,
      deleted: day + 7 + (index % 4),
      tags: { squad: "sre", Stage: "test", ttl: "10d" },
      line: day < -200 ? "3.13" : undefined,
      load: quiet,
    }),
  );
  return [
    {
      ...rabbit,
      name: "pay-gateway-stg",
      region: "us-east-1",
      type: "m7g.large",
      created: -430,
      line: "3.13",
      upgrades: [
        ["4.2", -178],
        ["4.3", -58],
      ],
      logs: "general",
      tags: owned("payments-core"),
      load: quiet,
    },
    {
      ...single,
      name: "ledger-events-stg",
      region: "us-east-1",
      type: "m5.large",
      created: -950,
      legacy: "early",
      upgrades: [["5.19", -250]],
      logs: "all",
      tags: owned("ledger", "stg"),
      load: quiet,
    },
    {
      ...single,
      name: "checkout-orders-stg",
      region: "eu-west-1",
      type: "m5.large",
      created: -750,
      tags: owned("checkout", "UAT"),
      load: quiet,
      upgrades: [["5.19", -130]],
    },
    {
      ...rabbit,
      name: "shipping-labels-stg",
      region: "us-west-2",
      type: "m7g.large",
      created: -410,
      line: "3.13",
      upgrades: [
        ["4.2", -180],
        ["4.3", -60],
      ],
      tags: owned("shipping"),
      load: quiet,
    },
    {
      ...single,
      name: "wms-core-stg",
      region: "us-west-2",
      type: "m5.large",
      created: -1200,
      line: "5.16",
      upgrades: [["5.19", -160]],
      tags: owned("warehouse"),
      retags: [[-100, "team renamed to fulfilment", { squad: "fulfilment" }]],
      load: quiet,
    },
    {
      ...rabbit,
      name: "identity-events-stg",
      region: "us-east-1",
      type: "m7g.medium",
      created: -375,
      line: "3.13",
      upgrades: [
        ["4.2", -176],
        ["4.3", -50],
      ],
      tags: owned("identity"),
      load: quiet,
    },
    {
      ...single,
      name: "search-index-stg",
      region: "us-east-1",
      type: "t3.micro",
      created: -900,
      tags: owned("search", "qa"),
      load: quiet,
    },
    {
      ...rabbit,
      name: "notify-stg",
      region: "eu-west-1",
      type: "m5.large",
      created: -500,
      tags: { Stage: "staging" },
      retags: [[-44, "owner named", { squad: "notifications" }]],
      load: quiet,
    },
    // High availability and big machines that a test left behind.
    {
      ...cluster,
      name: "perf-test-rabbit",
      region: "us-east-1",
      type: "m7g.4xlarge",
      created: -280,
      upgrades: [["4.2", -174]],
      idleFrom: -150,
      tags: owned("sre", "perf"),
    },
    {
      ...pair,
      name: "perf-test-active",
      region: "us-east-1",
      type: "m5.4xlarge",
      created: -460,
      idleFrom: -310,
      tags: owned("sre", "perf"),
      deleted: 27,
    },
    // Larger than what they carry.
    {
      ...single,
      name: "reporting-stg",
      region: "us-east-1",
      type: "m5.2xlarge",
      created: -330,
      tags: owned("data-platform"),
      load: { ...quiet, cpuPercent: 4, memoryPercent: 5, storePercent: 2 },
    },
    {
      ...rabbit,
      name: "billing-export-stg",
      region: "us-east-1",
      type: "m5.xlarge",
      created: -310,
      line: "3.13",
      tags: owned("payments-core"),
      load: { ...quiet, cpuPercent: 4, memoryPercent: 6, storePercent: 2 },
    },
    {
      ...meshA,
      tags: owned("ledger"),
      load: quiet,
      mesh: [{ day: -436, note: "connect to b", connectors: connectorsTo("a", [peerB]), connected: 1 }],
    },
    {
      ...meshB,
      tags: owned("ledger"),
      load: quiet,
      // No client uses it, but it is in a network.
      idleFrom: -120,
      mesh: [{ day: -436, note: "connect to a", connectors: connectorsTo("b", [peerA]), connected: 1 }],
    },
    {
      ...rabbit,
      name: "fraud-scoring-stg",
      region: "us-east-1",
      type: "m5.large",
      created: -620,
      tags: owned("fraud"),
      load: quiet,
    },
    {
      ...single,
      name: "carrier-edi-stg",
      region: "us-east-1",
      type: "m5.large",
      created: -850,
      line: "5.17",
      tags: owned("partner-integrations"),
      load: quiet,
      logsOn: -33,
    },
    {
      ...cluster,
      name: "data-ingest-stg",
      region: "us-east-1",
      type: "m7g.large",
      created: -325,
      upgrades: [
        ["4.2", -181],
        ["4.3", -62],
      ],
      tags: owned("data-platform"),
      load: quiet,
    },
    ...runs,
  ];
}
