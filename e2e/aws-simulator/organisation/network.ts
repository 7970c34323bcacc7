import { findRegion } from "./regions";
import { hashText, resourceId } from "./seeded";

/** One way into a security group. */
export interface Ingress {
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly cidrs: readonly string[];
  readonly groups?: readonly string[];
}

export interface Subnet {
  readonly id: string;
  readonly zoneName: string;
  readonly zoneId: string;
  readonly vpcId: string;
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  readonly ingress: readonly Ingress[];
}

const directions: Readonly<Record<string, string>> = {
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
};

/** `us-east-1` as zone ids write it: `use1`. */
function zonePrefix(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${directions[direction] ?? direction}${number}`;
}

/** The id of a zone: which zone hides behind a name differs by account, so names are turned by a number of the account's own. */
export function zoneIdOf(account: string, region: string, zoneName: string): string {
  const zones = findRegion(region)?.zones ?? [zoneName];
  const turned = (zones.indexOf(zoneName) + hashText(`zones/${account}/${region}`)) % zones.length;
  return `${zonePrefix(region)}-az${turned + 1}`;
}

const clientPorts = [61617, 5671, 61614, 8883, 61619] as const;
const office = "198.51.100.0/24";

/** The groups of an account and region: its ordinary one, and an old one that is open to the world. */
export function securityGroupsOf(account: string, region: string): readonly SecurityGroup[] {
  const vpcId = resourceId("vpc", `${account}/${region}`);
  const clients = resourceId("sg", `${account}/${region}/clients`);
  return [
    {
      id: ordinaryGroupId(account, region),
      name: "mq-brokers",
      vpcId,
      ingress: [
        ...clientPorts.map((port) => ({ protocol: "tcp", from: port, to: port, cidrs: ["10.0.0.0/8"] })),
        { protocol: "tcp", from: 8162, to: 8162, cidrs: [office] },
        { protocol: "tcp", from: 443, to: 443, cidrs: [office], groups: [clients] },
      ],
    },
    {
      id: openGroupId(account, region),
      name: "mq-legacy-open",
      vpcId,
      ingress: [
        { protocol: "tcp", from: 61614, to: 61619, cidrs: ["0.0.0.0/0", "::/0"] },
        { protocol: "tcp", from: 8162, to: 8162, cidrs: ["0.0.0.0/0"] },
      ],
    },
  ];
}

/** Id of the group that brokers have when nobody chose another. */
export function ordinaryGroupId(account: string, region: string): string {
  return resourceId("sg", `${account}/${region}/mq`);
}

/** Id of the group that lets everybody in. */
export function openGroupId(account: string, region: string): string {
  return resourceId("sg", `${account}/${region}/mq-open`);
}

/** Subnets per zone: a broker's first, second and third one. */
const subnetsPerZone = 3;

/** Id of the subnet of an account in a zone; a broker with several takes its first from row 0, its second from row 1, and so on. */
export function subnetIdOf(account: string, zoneName: string, row: number): string {
  return resourceId("subnet", `${account}/${zoneName}/${row}`);
}

/** Every subnet of an account and region, by id. */
export function subnetsOf(account: string, region: string): readonly Subnet[] {
  const vpcId = resourceId("vpc", `${account}/${region}`);
  return (findRegion(region)?.zones ?? [])
    .flatMap((zoneName) =>
      Array.from({ length: subnetsPerZone }, (_, row) => ({
        id: subnetIdOf(account, zoneName, row),
        zoneName,
        zoneId: zoneIdOf(account, region, zoneName),
        vpcId,
      })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
