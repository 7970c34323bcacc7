import { logistics } from "./accounts";
import type { BrokerSpec } from "./broker-spec";
import { authorizedConfiguration } from "./configuration-text";
import { pair, rabbit, single } from "./deployments";
import { connectorsTo } from "./meshes";
import { peerOf, type Story } from "./tell-broker";

const region = "eu-central-1";
const window = { dayOfWeek: "SUNDAY", timeOfDay: "02:00", timeZone: "Europe/Berlin" };
const tags = { team: "harbour", env: "production" };

/** The brokers of a harbour that Logistics took over: what nobody has looked at for years, and what somebody has just put in order. */
export function harbourFleet(story: Story): BrokerSpec[] {
  const gateA = { ...single, name: "harbour-gate-a", region, type: "m5.large", created: -640, firstZone: 0, window };
  const gateB = { ...single, name: "harbour-gate-b", region, type: "m5.large", created: -640, firstZone: 0, window };
  const toB = connectorsTo("a", [["b", peerOf(story, logistics, gateB)]]);
  return [
    // A network of two in one zone, maintained in one night, that carries messages one way, by a password that everybody can read.
    {
      ...gateA,
      tags,
      mesh: [
        {
          day: -632,
          note: "gate a tells gate b",
          connectors: toB.map((one) => ({ ...one, duplex: false, password: "harbour2019" })),
          connected: 1,
        },
      ],
    },
    { ...gateB, tags, users: [{ username: "mesh-link", groups: ["mesh"] }] },
    // Put in order by the team that has it now.
    {
      ...pair,
      name: "harbour-orders",
      region,
      type: "m5.large",
      created: -400,
      logs: "all",
      ownKey: true,
      tags,
      reconfigured: ["who may use what", -30, authorizedConfiguration],
    },
    // Everybody signs in to the console, and by a directory that one machine serves.
    {
      ...single,
      name: "harbour-desk",
      region,
      type: "m5.large",
      created: -520,
      logs: "general",
      tags,
      users: ["berth", "crane", "customs", "pilot"].map((username) => ({ username, consoleAccess: true })),
    },
    {
      ...pair,
      name: "harbour-pilots",
      region,
      type: "m5.large",
      created: -480,
      logs: "all",
      ldap: ["ldap.harbour.example.com"],
      users: [],
      tags,
    },
    // Grown to their limits.
    {
      ...single,
      name: "harbour-scales",
      region,
      type: "t3.micro",
      created: -560,
      tags,
      load: { shape: "flat", connections: 330, storePercent: 93, growth: 0 },
    },
    {
      ...rabbit,
      name: "harbour-tides",
      region,
      type: "m7g.medium",
      created: -180,
      tags,
      load: { shape: "flat", connections: 60, queues: 2_400, growth: 0 },
    },
    // Its network interface went in 2023; nobody missed it, and no patch has reached it since.
    {
      ...single,
      name: "harbour-fog-signal",
      region,
      type: "m5.large",
      created: -1235,
      line: "5.17",
      stuckOn: "5.17",
      heldAt: "5.17.3",
      amvu: false,
      tags: {},
      actions: [
        {
          code: "BROKER_ENI_DELETED",
          info: "The network interface of the broker was deleted.",
          from: -1150,
          critical: true,
          unbilled: true,
        },
      ],
    },
    // Previews, of which AWS tells little yet.
    { ...single, name: "harbour-preview-a", region, type: "m5.large", created: -12, tellsLittle: true },
    { ...rabbit, name: "harbour-preview-r", region, type: "m7g.medium", created: -12, tellsLittle: true },
  ];
}
