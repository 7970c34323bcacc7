import type { z } from "zod";
import type { surroundingsView } from "@/lib/contracts/brokers";
import type { BrokerRow } from "@/lib/db/broker-queries";
import { loadUsers } from "@/lib/db/broker-user-store";
import { loadNetworks } from "@/lib/db/network-store";
import type { ObservedAttributes } from "@/lib/domain/broker";
import type { SecurityGroupIngress } from "@/lib/domain/security-group";
import type { Ctx } from "@/lib/services/ctx";

/** Address ranges that hold everybody. */
const EVERYBODY: ReadonlySet<string> = new Set(["0.0.0.0/0", "::/0"]);

/** Where a broker is, who can reach it and who may sign in, as far as Amazon EC2 and DescribeUser told. */
export async function readSurroundings({
  ctx,
  input: { row, attributes },
}: {
  ctx: Ctx;
  input: { row: Pick<BrokerRow, "dbId" | "accountId" | "region">; attributes: ObservedAttributes };
}): Promise<z.input<typeof surroundingsView>> {
  const { accountId, region } = row;
  const { subnetIds = [], securityGroups = [], users = [] } = attributes;
  const [networks, told] = await Promise.all([
    loadNetworks(ctx.db, { accountId, region }),
    loadUsers(ctx.db, [row.dbId]),
  ]);
  const network = networks.of({ accountId, region, subnetIds, securityGroupIds: securityGroups });
  const subnets = new Map(network.subnets.map((subnet) => [subnet.id, subnet]));
  const groups = new Map(network.securityGroups.map((group) => [group.id, group]));
  const details = new Map((told.get(row.dbId) ?? []).map((user) => [user.name, user]));
  return {
    networkObservedAt: network.observedAt?.toISOString() ?? null,
    subnets: subnetIds.map((id) => {
      const subnet = subnets.get(id);
      return { id, told: subnet !== undefined, zoneId: subnet?.zoneId ?? null, zoneName: subnet?.zoneName ?? null };
    }),
    securityGroups: securityGroups.map((id) => {
      const group = groups.get(id);
      return {
        id,
        name: group?.name ?? null,
        openings: group ? group.ingress.map(openingOf) : null,
      };
    }),
    users: users.map(({ username, pendingChange }) => {
      const user = details.get(username);
      return {
        name: username,
        pendingChange,
        consoleAccess: user?.consoleAccess ?? null,
        groups: user ? [...user.groups] : null,
        replicationUser: user?.replicationUser ?? null,
        observedAt: user?.observedAt.toISOString() ?? null,
      };
    }),
  };
}

function openingOf({ protocol, fromPort, toPort, cidrs, sources }: SecurityGroupIngress) {
  return {
    protocol: protocol === "-1" ? "all" : protocol,
    ports: fromPort === null ? "all" : fromPort === toPort || toPort === null ? `${fromPort}` : `${fromPort}-${toPort}`,
    from: [...cidrs, ...sources],
    everybody: cidrs.some((cidr) => EVERYBODY.has(cidr)),
  };
}
