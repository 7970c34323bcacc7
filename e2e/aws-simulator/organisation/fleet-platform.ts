import type { BrokerSpec } from "./broker-spec";
import { cluster, pair, rabbit, single } from "./deployments";
import { platformSpoke, trackingHub } from "./fleet-logistics-networks";
import { connectorsTo } from "./meshes";
import { relativeDay, type Story } from "./tell-broker";

const owned = (team: string, extra: Record<string, string> = {}) => ({
  "service-owner": team,
  Stage: "live",
  ...extra,
});

/** Platform, the management account: shared services, and a few experiments nobody admits to. */
export function platformFleet(story: Story): BrokerSpec[] {
  const microEnd = relativeDay(story, "2026-10-01");
  return [
    {
      ...cluster,
      name: "identity-events",
      region: "us-east-1",
      type: "m7g.large",
      created: -380,
      line: "3.13",
      upgrades: [
        ["4.2", -148],
        ["4.3", 14],
      ],
      logs: "general",
      tags: owned("identity"),
    },
    {
      ...cluster,
      name: "identity-events-eu",
      region: "eu-west-1",
      type: "m7g.large",
      created: -376,
      line: "3.13",
      upgrades: [["4.2", -146]],
      logs: "general",
      tags: owned("identity"),
    },
    {
      ...pair,
      name: "audit-trail",
      region: "eu-west-1",
      type: "m5.large",
      created: -1010,
      legacy: "early",
      upgrades: [["5.19", -210]],
      logs: "all",
      ownKey: true,
      tags: owned("sre", { DataClass: "restricted" }),
    },
    // A change of instance type that does not fit on the new disk.
    {
      ...cluster,
      name: "observability-bus",
      region: "us-east-1",
      type: "m5.xlarge",
      created: -870,
      logs: "general",
      tags: owned("sre"),
      load: { shape: "flat", storePercent: 48, connections: 260 },
      actions: [
        {
          code: "RABBITMQ_CLUSTER_DISK_USAGE_TOO_HIGH_FOR_INSTANCE_CHANGE",
          info: "Disk in use does not fit the requested instance type.",
          from: -8,
          to: 17,
          pendingHostInstanceType: "m7g.large",
        },
      ],
    },
    {
      ...rabbit,
      name: "notify-mail",
      region: "us-east-1",
      type: "m5.large",
      created: -740,
      tags: owned("notifications"),
      logsOn: -36,
    },
    {
      ...cluster,
      name: "notify-push",
      region: "eu-west-1",
      type: "m5.large",
      created: -510,
      logs: "general",
      tags: owned("notifications"),
      types: [["m7g.large", -28]],
      load: { shape: "retail", connections: 90 },
    },
    {
      ...single,
      name: "search-index",
      region: "us-east-1",
      type: "m5.large",
      storage: "EBS",
      created: -1120,
      line: "5.16",
      deleted: -235,
      tags: owned("search"),
    },
    {
      ...pair,
      name: "search-index-ha",
      region: "us-east-1",
      type: "m5.large",
      created: -250,
      logs: "all",
      upgrades: [["5.19", -105]],
      tags: owned("search"),
      load: { connections: 75 },
      laterRevision: ["slow consumers are dropped", -38],
    },
    // A spoke of a mesh whose hub is in another account.
    {
      ...single,
      ...platformSpoke,
      logs: "general",
      tags: owned("tracking"),
      mesh: [
        {
          day: -536,
          note: "connect to the hub in Logistics",
          connectors: connectorsTo("platform", [["hub", trackingHub(story)]]),
          connected: 1,
        },
      ],
    },
    // Left the retiring instance type in time.
    {
      ...rabbit,
      name: "chatops",
      region: "us-east-1",
      type: "t3.micro",
      created: -1000,
      types: [["m7g.medium", Math.min(-80, microEnd - 30)]],
      tags: owned("sre"),
      load: { cpuPercent: 12, connections: 5 },
    },
    {
      ...cluster,
      name: "data-ingest",
      region: "us-east-1",
      type: "m7g.4xlarge",
      created: -330,
      upgrades: [
        ["4.2", -172],
        ["4.3", -40],
      ],
      logs: "general",
      tags: owned("data-platform"),
      load: { shape: "batch", cpuPercent: 55, connections: 380, messages: 20_000, growth: 0.03 },
    },
    {
      ...cluster,
      name: "data-export",
      region: "us-west-2",
      type: "m5.large",
      created: -560,
      tags: { "service-owner": "n/a", Stage: "live" },
      retags: [[-46, "owner named", { "service-owner": "data-platform" }]],
      load: { shape: "batch" },
    },
    // An instance type that no reference data knows.
    {
      ...rabbit,
      name: "early-access",
      region: "us-east-1",
      type: "x9g.huge",
      created: -20,
      line: "3.13",
      tags: owned("data-platform", { Stage: "pilot" }),
    },
    {
      ...pair,
      name: "partner-hub",
      region: "us-west-2",
      type: "m5.large",
      created: -650,
      publiclyAccessible: true,
      logs: "all",
      tags: { "service-owner": '=HYPERLINK("http://example.net","partner")', Stage: "live" },
    },
    // Has been rebooting for longer than anybody remembers.
    {
      ...single,
      name: "ldap-bridge",
      region: "eu-west-1",
      type: "m5.large",
      created: -1400,
      line: "5.16",
      stuckOn: "5.17",
      amvu: false,
      tags: {},
      actions: [
        { code: "BROKER_OOM", info: "The broker restarts because it is out of memory.", from: -560, critical: true },
      ],
    },
    {
      ...cluster,
      name: "sre-drill",
      region: "us-west-2",
      type: "m7g.medium",
      created: -310,
      upgrades: [
        ["4.2", -175],
        ["4.3", -52],
      ],
      logs: "general",
      tags: owned("sre", { Stage: "production" }),
      reboots: [-270, -240, -210, -180, -150, -120, -90, -60, -30, -1, 30, 60, 90],
    },
    {
      ...pair,
      name: "feature-flags",
      region: "us-east-1",
      type: "m5.large",
      created: 61,
      logs: "all",
      tags: owned("sre"),
    },
  ];
}
