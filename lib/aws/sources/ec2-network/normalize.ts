import type { SecurityGroupIngress } from "@/lib/domain/security-group";
import type { NetworkRead } from "../../gateway";
import { sortedSet } from "../../normalize-values";
import type { SecurityGroupAnswer, SubnetAnswer } from "./fetch";

export function normalizeSubnet(subnet: SubnetAnswer): NetworkRead {
  return {
    kind: "subnet",
    id: subnet.subnetId,
    zoneName: subnet.availabilityZone || null,
    zoneId: subnet.availabilityZoneId || null,
    vpcId: subnet.vpcId || null,
  };
}

/** A security group with its ways in, in a fixed order. */
export function normalizeSecurityGroup(group: SecurityGroupAnswer): NetworkRead {
  return {
    kind: "security-group",
    id: group.groupId,
    name: group.groupName || null,
    vpcId: group.vpcId || null,
    ingress: group.ipPermissions
      .map(ingressOf)
      .map((rule) => ({ rule, order: JSON.stringify(rule) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ rule }) => rule),
  };
}

function ingressOf(permission: SecurityGroupAnswer["ipPermissions"][number]): SecurityGroupIngress {
  // AWS writes "every protocol" as -1, and ports of ICMP are types and codes.
  const all = permission.ipProtocol === "-1";
  const hasPorts = !all && !permission.ipProtocol.startsWith("icmp");
  return {
    protocol: permission.ipProtocol.toLowerCase(),
    fromPort: hasPorts ? portOf(permission.fromPort) : null,
    toPort: hasPorts ? portOf(permission.toPort) : null,
    cidrs: sortedSet([
      ...permission.ipRanges.map(({ cidrIp }) => cidrIp),
      ...permission.ipv6Ranges.map(({ cidrIpv6 }) => cidrIpv6),
    ]),
    sources: sortedSet([
      ...permission.groups.flatMap(({ groupId }) => groupId || []),
      ...permission.prefixListIds.map(({ prefixListId }) => prefixListId),
    ]),
  };
}

function portOf(text: string | null | undefined): number | null {
  const port = text ? Number(text) : -1;
  return port < 0 ? null : port;
}
