import { logistics, platform } from "./accounts";
import type { BrokerSpec } from "./broker-spec";
import { pair, single } from "./deployments";
import { connectorsTo } from "./meshes";
import { peerOf, type Story } from "./tell-broker";

/** The tags of the Logistics teams. */
export const ownedByLogistics = (team: string, extra: Record<string, string> = {}) => ({
  team,
  env: "production",
  ...extra,
});
/** One of the teams gets a new name. */
export const teamRenamed = [-100, "team renamed to fulfilment", { team: "fulfilment" }] as const;

const hubSpec = {
  name: "tracking-hub",
  region: "us-east-1",
  type: "m5.large",
  created: -780,
  mode: "ACTIVE_STANDBY_MULTI_AZ",
} as const;

/** The hub that spokes of several accounts connect to. */
export function trackingHub(story: Story) {
  return peerOf(story, logistics, hubSpec);
}

/** The spoke that belongs to another account. */
export const platformSpoke = {
  name: "tracking-spoke-platform",
  region: "eu-west-1",
  type: "m5.large",
  created: -540,
  mode: "SINGLE_INSTANCE",
} as const;

/** The networks of brokers of Logistics: two regions, hub and spokes, a data centre, and one that does not work. */
export function logisticsNetworks(story: Story): BrokerSpec[] {
  const hub = trackingHub(story);
  const spokes = (["us-west-2", "eu-central-1", "ap-southeast-2"] as const).map((region, index) => ({
    ...single,
    name: `tracking-spoke-${index + 1}`,
    region,
    type: "m5.large",
    created: -700 + index * 60,
  }));
  const spokePeers = [
    ...spokes.map((spec) => [spec.name, peerOf(story, logistics, spec)] as const),
    [platformSpoke.name, peerOf(story, platform, platformSpoke)] as const,
  ];
  const wms = { ...pair, name: "wms-core", region: "us-west-2", type: "m5.xlarge", created: -1210 };
  const wmsEu = { ...pair, name: "wms-core-eu", region: "eu-central-1", type: "m5.xlarge", created: -930 };
  const depots = ["depot-sync-a", "depot-sync-b"].map((name) => ({
    ...single,
    name,
    region: "us-west-2",
    type: "m5.large",
    created: -470,
  }));
  const [depotA, depotB] = depots;
  return [
    // Across regions: each half knows the other.
    {
      ...wms,
      line: "5.16",
      legacy: "early",
      upgrades: [["5.19", -120]],
      logs: "all",
      tags: ownedByLogistics("warehouse"),
      retags: [teamRenamed],
      load: { connections: 240, cpuPercent: 41 },
      mesh: [
        {
          day: -925,
          note: "link to Europe",
          connectors: connectorsTo("us", [["eu", peerOf(story, logistics, wmsEu)]]),
          connected: 1,
        },
      ],
    },
    {
      ...wmsEu,
      legacy: "early",
      upgrades: [["5.19", -118]],
      logs: "all",
      tags: ownedByLogistics("warehouse"),
      retags: [teamRenamed],
      load: { connections: 160 },
      mesh: [
        {
          day: -925,
          note: "link to America",
          connectors: connectorsTo("eu", [["us", peerOf(story, logistics, wms)]]),
          connected: 1,
        },
      ],
    },
    // Hub and spokes: without the hub nothing is connected.
    {
      ...hubSpec,
      ...pair,
      logs: "all",
      upgrades: [["5.19", -45]],
      tags: ownedByLogistics("tracking"),
      load: { connections: 180 },
      mesh: [
        {
          day: -530,
          note: "spokes connect by themselves",
          connectors: connectorsTo("hub", spokePeers.slice(0, 1)),
          connected: 4,
        },
      ],
    },
    ...spokes.map(
      (spec): BrokerSpec => ({
        ...spec,
        logs: "general",
        tags: ownedByLogistics("tracking"),
        load: { connections: 20 },
        mesh: [
          {
            day: spec.created + 3,
            note: "connect to the hub",
            connectors: connectorsTo(spec.name, [["hub", hub]]),
            connected: 1,
          },
        ],
      }),
    ),
    // One way to a data centre that AWS knows nothing of.
    {
      ...single,
      name: "carrier-edi",
      region: "us-east-1",
      type: "m5.large",
      created: -1150,
      line: "5.16",
      tags: { team: "partner-integrations", env: "live" },
      logsOn: -140,
      mesh: [
        {
          day: -1100,
          note: "bridge to the data centre",
          connectors: [
            { name: "edi_to_dc1", peer: { host: "mq1.dc1.example.net" }, duplex: false, userName: "edi-bridge" },
          ],
          connected: 1,
        },
      ],
    },
    // Configured, yet not connected: the connector's user is missing on the other side. The repair is pending.
    ...(depotA && depotB
      ? [
          {
            ...depotA,
            tags: ownedByLogistics("shipping"),
            users: [
              { username: "admin", consoleAccess: true, groups: ["admins"] },
              { username: "mesh-link", groups: ["mesh"] },
            ],
            mesh: [
              {
                day: -465,
                note: "connect depots",
                connectors: connectorsTo("a", [["b", peerOf(story, logistics, depotB)]]),
                connected: 0,
              },
              {
                day: -9,
                note: "use the failover transport",
                notApplied: true,
                connectors: connectorsTo("a", [["b", peerOf(story, logistics, depotB)]]).map((one) => ({
                  ...one,
                  failover: true,
                })),
                connected: 0,
              },
            ],
          } satisfies BrokerSpec,
          {
            ...depotB,
            tags: ownedByLogistics("shipping"),
            users: [{ username: "admin", consoleAccess: true, groups: ["admins"] }],
          } satisfies BrokerSpec,
        ]
      : []),
  ];
}
