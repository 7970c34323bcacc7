import { engineDisplayName } from "@/lib/domain/engine-version";
import { decimalToText } from "@/lib/domain/money";
import type { ReferenceTableKind } from "@/lib/domain/reference-kind";
import { ACTION_REQUIRED_CODES } from "@/lib/reference/action-required-codes";
import {
  ADVISORIES_COMPLETE_UNTIL,
  ADVISORY_NOTES,
  type Advisory,
  type AffectedRange,
} from "@/lib/reference/advisories";
import { OFFERED_VERSIONS } from "@/lib/reference/engine-versions";
import { INSTANCE_TYPES } from "@/lib/reference/instance-types";
import { defaultMetrics, MQ_METRIC_NOTES, MQ_METRICS } from "@/lib/reference/metrics";
import { PRICE_NOTES, type Price } from "@/lib/reference/prices";
import { QUOTAS } from "@/lib/reference/quotas";
import type { Provenance } from "@/lib/reference/reference-row";
import { MQ_REGIONS } from "@/lib/reference/regions";
import { RELEASE_NOTE_FIXES } from "@/lib/reference/release-notes";
import { SIZINGS } from "@/lib/reference/sizing";

/** A row of reference data as a table shows it. */
export interface TableRow extends Provenance {
  id: string;
  /** By column; left out where the source has nothing. */
  cells: Record<string, string>;
  origin: "shipped" | "loaded";
  difference: string | null;
}

/** What a table of reference data is called and which columns it has. */
export interface TableShape {
  title: string;
  description: string;
  columns: readonly (readonly [id: string, label: string])[];
  notes: readonly string[];
}

export const TABLE_SHAPES: Readonly<Record<ReferenceTableKind, TableShape>> = {
  versions: {
    title: "Versions ever offered",
    description: "Every version that a release note of Amazon MQ names.",
    columns: [
      ["engine", "Engine"],
      ["version", "Version"],
      ["since", "Offered since"],
      ["status", "Status"],
      ["creatable", "New brokers"],
    ],
    notes: [],
  },
  "instance-types": {
    title: "Instance types",
    description: "By engine and deployment mode, as the developer guide describes them.",
    columns: [
      ["engine", "Engine"],
      ["type", "Instance type"],
      ["mode", "Deployment mode"],
      ["vcpu", "vCPUs"],
      ["memory", "Memory (GiB)"],
      ["storage", "Storage"],
      ["use", "For"],
      ["creatable", "New brokers"],
    ],
    notes: [],
  },
  sizing: {
    title: "Sizing limits",
    description: "Limits of RabbitMQ per instance type. ActiveMQ has none of its own but the quotas.",
    columns: [
      ["type", "Instance type"],
      ["mode", "Deployment mode"],
      ["kind", "Kind"],
      ["connections", "Connections per node"],
      ["channels", "Channels per node"],
      ["queues", "Queues"],
      ["vhosts", "Virtual hosts"],
      ["lines", "Engine lines"],
    ],
    notes: [],
  },
  quotas: {
    title: "Quotas",
    description: "Limits of Amazon MQ, Cost Explorer and CloudWatch.",
    columns: [
      ["id", "Quota"],
      ["value", "Value"],
      ["unit", "Unit"],
      ["scope", "Per"],
    ],
    notes: [],
  },
  "action-codes": {
    title: "Action-required codes",
    description: "What DescribeBroker's actionsRequired means, and AWS's remedy.",
    columns: [
      ["code", "Code"],
      ["engine", "Engine"],
      ["meaning", "Meaning"],
      ["effect", "Effect"],
      ["remediation", "Remedy"],
    ],
    notes: [],
  },
  advisories: {
    title: "Security advisories",
    description:
      `Upstream advisories of ActiveMQ Classic (complete until ${ADVISORIES_COMPLETE_UNTIL.ACTIVEMQ}) and RabbitMQ (complete until ` +
      `${ADVISORIES_COMPLETE_UNTIL.RABBITMQ}). AWS does not say which fixes it backports.`,
    columns: [
      ["id", "Advisory"],
      ["engine", "Engine"],
      ["severity", "Severity"],
      ["title", "Title"],
      ["affected", "Affected versions"],
      ["fixed", "Fixed in"],
      ["published", "Published"],
      ["kev", "Known exploited"],
    ],
    notes: ADVISORY_NOTES,
  },
  "release-notes": {
    title: "Fixes named by release notes",
    description: "Fixes that a release note of Amazon MQ calls critical, or a reason to upgrade.",
    columns: [
      ["engine", "Engine"],
      ["kind", "Kind"],
      ["fixed", "Fixed in"],
      ["published", "Published"],
      ["text", "Fix"],
    ],
    notes: [],
  },
  metrics: {
    title: "CloudWatch metrics",
    description: "Metrics of the namespace AWS/AmazonMQ, and which of them a sync reads.",
    columns: [
      ["engine", "Engine"],
      ["name", "Metric"],
      ["scope", "Of"],
      ["unit", "Unit"],
      ["description", "Meaning"],
      ["read", "Read by a sync"],
      ["lines", "Engine lines"],
    ],
    notes: MQ_METRIC_NOTES,
  },
  regions: {
    title: "Regions",
    description: "Regions with Amazon MQ, and the code that precedes usage types on bills.",
    columns: [
      ["region", "Region"],
      ["name", "Name"],
      ["partition", "Partition"],
      ["optIn", "Opt-in"],
      ["prefix", "Billing code"],
      ["missing", "Families not offered"],
    ],
    notes: [],
  },
  prices: {
    title: "List prices",
    description:
      "In US dollars as published; the price of a pair or a cluster covers all its nodes. A price that is not known is unknown, not zero.",
    columns: [
      ["region", "Region"],
      ["engine", "Engine"],
      ["what", "What"],
      ["mode", "Deployment mode"],
      ["price", "Price"],
      ["unit", "Unit"],
      ["asOf", "Published"],
    ],
    notes: PRICE_NOTES,
  },
};

type PlainTable = Exclude<ReferenceTableKind, "advisories" | "prices">;

/** The rows of the tables that nothing is ever loaded beside. */
export function shippedRows(kind: PlainTable): TableRow[] {
  return ROWS[kind]();
}

const ROWS: Readonly<Record<PlainTable, () => TableRow[]>> = {
  versions: () =>
    OFFERED_VERSIONS.map((row) =>
      rowOf(`${row.engine} ${row.version}`, row, {
        engine: engineDisplayName(row.engine),
        version: row.version,
        since: row.firstOfferedOn ?? "never",
        status: row.status.replaceAll("-", " "),
        creatable: yesNo(row.creatable),
      }),
    ),
  "instance-types": () =>
    INSTANCE_TYPES.map((row) =>
      rowOf(`${row.engine} ${row.instanceType} ${row.deploymentMode ?? ""}`, row, {
        engine: engineDisplayName(row.engine),
        type: row.instanceType,
        mode: row.deploymentMode,
        vcpu: row.vcpu,
        memory: row.memoryGib,
        storage: row.storageTypes.join(", "),
        use: row.recommendedUse,
        creatable: yesNo(row.creatable),
      }),
    ),
  sizing: () =>
    SIZINGS.map((row, index) =>
      rowOf(`${row.kind} ${row.instanceType} ${row.deploymentMode} ${index}`, row, {
        type: row.instanceType,
        mode: row.deploymentMode,
        kind: row.kind.replaceAll("-", " "),
        connections: row.connectionsPerNode ?? row.vhostMaxConnections,
        channels: row.channelsPerNode,
        queues: row.queues ?? row.vhostMaxQueues,
        vhosts: row.vhosts,
        lines: row.engineLines,
      }),
    ),
  quotas: () =>
    QUOTAS.map((row) =>
      rowOf(row.id, row, {
        id: row.id.replaceAll("_", " "),
        value: row.text ?? "not published",
        unit: row.unit,
        scope: row.scope,
      }),
    ),
  "action-codes": () =>
    ACTION_REQUIRED_CODES.map((row) =>
      rowOf(row.code, row, {
        code: row.code,
        engine: engineDisplayName(row.engine),
        meaning: row.meaning,
        effect: row.effect,
        remediation: row.remediation,
      }),
    ),
  "release-notes": () =>
    RELEASE_NOTE_FIXES.map((row) =>
      rowOf(row.id, row, {
        engine: engineDisplayName(row.engine),
        kind: row.kind,
        fixed: row.fixed,
        published: row.publishedOn,
        text: row.text,
      }),
    ),
  metrics: () =>
    MQ_METRICS.map((row) =>
      rowOf(`${row.engine} ${row.scope} ${row.name}`, row, {
        engine: engineDisplayName(row.engine),
        name: row.name,
        scope: row.scope,
        unit: row.unit,
        description: row.description,
        read:
          (row.scope === "broker" && defaultMetrics(row.engine).find(({ name }) => name === row.name)?.statistic) ||
          "no",
        lines: row.engineLines,
      }),
    ),
  regions: () =>
    MQ_REGIONS.map((row) =>
      rowOf(row.region, row, {
        region: row.region,
        name: row.name,
        partition: row.partition,
        optIn: yesNo(row.optIn),
        prefix: row.usagePrefix && `${row.usagePrefix}${row.usagePrefixVerified ? "" : " (unverified)"}`,
        missing: row.familiesNotOffered.join(", "),
      }),
    ),
};

/** An advisory as a row. `difference`: what another source says of it. */
export function advisoryRow(row: Advisory, origin: TableRow["origin"], difference: string | null = null): TableRow {
  const { kev } = row;
  return {
    ...rowOf(`${row.id} ${origin}`, row, {
      id: row.id,
      engine: engineDisplayName(row.engine),
      severity: row.severity,
      title: row.appliesToAmazonMq ? row.title : `${row.title} (cannot concern Amazon MQ)`,
      affected: row.affected.map(rangeText).join("; "),
      fixed: row.fixedVersions.join(", ") || "no fixed version named",
      published: row.publishedOn,
      kev: kev.listed === null ? "unknown" : kev.listed ? `since ${kev.addedOn}` : `not as of ${kev.asOf}`,
    }),
    origin,
    difference,
  };
}

/** `>= 5.17.0, < 5.17.6` */
export function rangeText({ introduced, introducedInclusive, fixed }: AffectedRange): string {
  const from = introduced === null ? "" : `${introducedInclusive ? ">=" : ">"} ${introduced}`;
  const to = fixed === null ? "" : `< ${fixed}`;
  return [from, to].filter(Boolean).join(", ") || "all versions";
}

/** A shipped price as a row. */
export function priceRow(row: Price, index: number, difference: string | null): TableRow {
  const what =
    row.kind === "broker-hour" || row.kind === "crdr"
      ? `${row.instanceType ?? ""}${row.kind === "crdr" ? " (cross-region replication)" : ""}`
      : row.kind === "storage"
        ? `Storage ${row.storageType ?? ""}`
        : row.kind.replaceAll("-", " ");
  return {
    ...rowOf(`shipped ${index}`, row, {
      region: row.region ?? row.regionText,
      engine: row.engine && engineDisplayName(row.engine),
      what: what.trim(),
      mode: row.deploymentMode,
      price: row.usd === null ? "unknown" : decimalToText(row.usd),
      unit: row.unit,
      asOf: row.asOf,
    }),
    difference,
  };
}

/** A row of a table; cells without a value are left out. */
export function rowOf(
  id: string,
  { source, verified, checkedOn, notes }: Provenance,
  cells: Readonly<Record<string, string | number | null | undefined>>,
): TableRow {
  const told = Object.entries(cells).flatMap(([column, value]) =>
    value === null || value === undefined || value === "" ? [] : [[column, String(value)] as const],
  );
  return {
    id,
    cells: Object.fromEntries(told),
    origin: "shipped",
    difference: null,
    source,
    verified,
    checkedOn,
    notes,
  };
}

const yesNo = (value: boolean) => (value ? "yes" : "no");
