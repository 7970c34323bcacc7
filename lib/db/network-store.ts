import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { SecurityGroupIngress } from "@/lib/domain/security-group";

export interface SubnetFact {
  id: string;
  zoneId: string | null;
  zoneName: string | null;
  vpcId: string | null;
}

export interface SecurityGroupFact {
  id: string;
  name: string | null;
  vpcId: string | null;
  ingress: readonly SecurityGroupIngress[];
}

/** Where a broker is and who can reach it, as far as Amazon EC2 told. Subnets and groups it did not tell of are absent. */
export interface NetworkFacts {
  subnets: readonly SubnetFact[];
  securityGroups: readonly SecurityGroupFact[];
  /** The oldest of these facts; null where there is none. */
  observedAt: Date | null;
}

/** Subnets and security groups that the present brokers of a scope name (pending ones included), and when each was last told of. */
export interface NetworkNeed {
  kind: "subnet" | "security-group";
  id: string;
  observedAt: Date | null;
}

const ingressColumn = z.array(
  z.object({
    protocol: z.string(),
    fromPort: z.number().int().nullable(),
    toPort: z.number().int().nullable(),
    cidrs: z.array(z.string()),
    sources: z.array(z.string()),
  }),
);

/** What reading the network of a scope has to ask for, by kind and id. */
export async function networkNeeds(db: Database, accountId: string, region: string): Promise<NetworkNeed[]> {
  return db.rows<NetworkNeed>(
    `WITH named AS (
       SELECT attributes FROM broker WHERE account_id = $1 AND region = $2 AND gone_at IS NULL
     ), needed AS (
       SELECT DISTINCT 'subnet' AS kind, id FROM named, jsonb_array_elements_text(${listOf("attributes->'subnetIds'")}) AS id
       UNION SELECT 'security-group', id FROM named, jsonb_array_elements_text(${listOf("attributes->'securityGroups'")}) AS id
       UNION SELECT 'security-group', id FROM named, jsonb_array_elements_text(${listOf("attributes#>'{pending,securityGroups}'")}) AS id
     )
     SELECT n.kind, n.id, COALESCE(s.observed_at, g.observed_at) AS "observedAt" FROM needed n
     LEFT JOIN network_subnet s ON n.kind = 'subnet' AND s.account_id = $1 AND s.region = $2 AND s.subnet_id = n.id
     LEFT JOIN network_security_group g ON n.kind = 'security-group' AND g.account_id = $1 AND g.region = $2 AND g.group_id = n.id
     ORDER BY n.kind, n.id`,
    accountId,
    region,
  );
}

function listOf(sql: string): string {
  return `CASE WHEN jsonb_typeof(${sql}) = 'array' THEN ${sql} ELSE '[]'::jsonb END`;
}

/** Stores what was told of a scope's network. What it does not mention stays with the instant it was last told of. */
export async function storeNetwork(
  db: Database,
  scope: { accountId: string; region: string },
  facts: { subnets: readonly SubnetFact[]; securityGroups: readonly SecurityGroupFact[] },
  observedAt: Date,
): Promise<void> {
  const { accountId, region } = scope;
  if (facts.subnets.length > 0) {
    await db.execute(
      `INSERT INTO network_subnet (account_id, region, subnet_id, zone_id, zone_name, vpc_id, observed_at)
       SELECT $1, $2, id, "zoneId", "zoneName", "vpcId", $4::timestamptz
       FROM jsonb_to_recordset($3::jsonb) AS s(id text, "zoneId" text, "zoneName" text, "vpcId" text) ORDER BY id
       ON CONFLICT (account_id, region, subnet_id) DO UPDATE SET zone_id = EXCLUDED.zone_id, zone_name = EXCLUDED.zone_name,
         vpc_id = EXCLUDED.vpc_id, observed_at = EXCLUDED.observed_at`,
      accountId,
      region,
      toJsonb(facts.subnets),
      observedAt,
    );
  }
  if (facts.securityGroups.length > 0) {
    await db.execute(
      `INSERT INTO network_security_group (account_id, region, group_id, name, vpc_id, ingress, observed_at)
       SELECT $1, $2, id, name, "vpcId", ingress, $4::timestamptz
       FROM jsonb_to_recordset($3::jsonb) AS g(id text, name text, "vpcId" text, ingress jsonb) ORDER BY id
       ON CONFLICT (account_id, region, group_id) DO UPDATE SET name = EXCLUDED.name, vpc_id = EXCLUDED.vpc_id,
         ingress = EXCLUDED.ingress, observed_at = EXCLUDED.observed_at`,
      accountId,
      region,
      toJsonb(facts.securityGroups),
      observedAt,
    );
  }
}

/** The network facts of all scopes, or of one; `of` gives those of one broker, by the ids it names. Two queries, whatever the size of the fleet. */
export async function loadNetworks(
  db: Database,
  scope?: { accountId: string; region: string },
): Promise<{
  of(broker: {
    accountId: string;
    region: string;
    subnetIds: readonly string[];
    securityGroupIds: readonly string[];
  }): NetworkFacts;
}> {
  const within = scope ? "WHERE account_id = $1 AND region = $2" : "";
  const values = scope ? [scope.accountId, scope.region] : [];
  const [subnetRows, groupRows] = await Promise.all([
    db.rows<SubnetFact & { accountId: string; region: string; observedAt: Date }>(
      `SELECT account_id AS "accountId", region, subnet_id AS id, zone_id AS "zoneId", zone_name AS "zoneName", vpc_id AS "vpcId",
         observed_at AS "observedAt" FROM network_subnet ${within}`,
      ...values,
    ),
    db.rows<
      Omit<SecurityGroupFact, "ingress"> & { accountId: string; region: string; ingress: unknown; observedAt: Date }
    >(
      `SELECT account_id AS "accountId", region, group_id AS id, name, vpc_id AS "vpcId", ingress, observed_at AS "observedAt"
       FROM network_security_group ${within}`,
      ...values,
    ),
  ]);
  const key = (accountId: string, region: string, id: string) => `${accountId}|${region}|${id}`;
  const subnets = new Map(subnetRows.map((row) => [key(row.accountId, row.region, row.id), row]));
  const groups = new Map(
    groupRows.map((row) => [
      key(row.accountId, row.region, row.id),
      { ...row, ingress: ingressColumn.parse(row.ingress) },
    ]),
  );
  return {
    of: ({ accountId, region, subnetIds, securityGroupIds }) => {
      const inSubnets = subnetIds.flatMap((id) => subnets.get(key(accountId, region, id)) ?? []);
      const inGroups = securityGroupIds.flatMap((id) => groups.get(key(accountId, region, id)) ?? []);
      const instants = [...inSubnets, ...inGroups].map(({ observedAt }) => observedAt.getTime());
      return {
        subnets: inSubnets.map(({ id, zoneId, zoneName, vpcId }) => ({ id, zoneId, zoneName, vpcId })),
        securityGroups: inGroups.map(({ id, name, vpcId, ingress }) => ({ id, name, vpcId, ingress })),
        observedAt: instants.length === 0 ? null : new Date(Math.min(...instants)),
      };
    },
  };
}
