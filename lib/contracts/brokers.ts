import { z } from "zod";
import { day, decimalText, instant, listQueryOf, money, ownerRef, pageOf } from "@/lib/contracts/common";

export const supportView = z
  .object({
    /** supported, ending, past-end-of-support, unknown */
    status: z.string(),
    /** notice, create-blocked, forced-upgrade-window, overdue */
    stage: z.string().nullable(),
    endOfSupport: day.nullable(),
    daysLeft: z.number().int().nullable(),
    /** A sentence, e.g. "no end date published as of 2026-10-05". */
    sentence: z.string(),
    source: z.string().nullable(),
    verified: z.boolean(),
  })
  .meta({ id: "Support" });

export const brokerCost = z
  .object({ amount: decimalText, currency: z.string(), basis: z.enum(["billed", "allocated", "ambiguous"]) })
  .meta({ id: "BrokerCost", description: "Run rate per month: mean of the last 7 final days x 365/12" });

export const brokerItem = z
  .object({
    id: z.string().meta({ description: "AWS broker id" }),
    arn: z.string(),
    name: z.string(),
    accountId: z.string(),
    accountName: z.string().nullable(),
    region: z.string(),
    engine: z.string(),
    engineVersion: z.string().nullable(),
    engineLine: z.string().nullable(),
    deploymentMode: z.string().nullable(),
    highlyAvailable: z.boolean().nullable(),
    instanceType: z.string().nullable(),
    storageType: z.string().nullable(),
    state: z.string(),
    presence: z.enum(["in-scope", "replica", "gone", "not-in-service"]),
    publiclyAccessible: z.boolean().nullable(),
    autoMinorVersionUpgrade: z.boolean().nullable(),
    environment: z.string(),
    environmentSource: z.string(),
    countsAsProduction: z.boolean(),
    owner: ownerRef.nullable(),
    support: z.object({ status: z.string(), stage: z.string().nullable(), endOfSupport: day.nullable() }),
    openFindings: z.number().int(),
    worstSeverity: z.string().nullable(),
    monthlyCost: brokerCost.nullable(),
    createdAt: instant.nullable(),
    firstSeenAt: instant,
    lastSeenAt: instant.nullable(),
    goneAt: instant.nullable(),
    observedAt: instant.nullable(),
    stale: z.boolean(),
    tags: z.record(z.string(), z.string()),
  })
  .meta({ id: "BrokerItem" });
export type BrokerItem = z.infer<typeof brokerItem>;

/** Properties of filter tokens; `tag.<key>` (the key URI-encoded) besides. All but `rule` and `stale` sort as well. */
export const BROKER_PROPERTIES = [
  "name",
  "id",
  "arn",
  "account",
  "region",
  "engine",
  "engineVersion",
  "engineLine",
  "deploymentMode",
  "instanceType",
  "storageType",
  "state",
  "presence",
  "environment",
  "environmentSource",
  "countsAsProduction",
  "owner",
  "ownerSource",
  "supportStatus",
  "supportStage",
  "endOfSupport",
  "publiclyAccessible",
  "autoMinorVersionUpgrade",
  "highlyAvailable",
  "severity",
  "openFindings",
  "monthlyCost",
  "createdAt",
  "firstSeenAt",
  "observedAt",
  "rule",
  "stale",
] as const;

const NO_ORDER: readonly string[] = ["rule", "stale"];
/** Properties that brokers can be sorted by. */
export const BROKER_SORTS = BROKER_PROPERTIES.filter((property) => !NO_ORDER.includes(property));

/** By default brokers that are not gone; `presence=gone` (or any presence filter) shows others. */
export const brokerListQuery = listQueryOf(BROKER_PROPERTIES, BROKER_SORTS, "tag.<key> (the key URI-encoded)");
export const brokerPage = pageOf(brokerItem).meta({ id: "BrokerPage" });
export type BrokerPage = z.infer<typeof brokerPage>;

/** Values to offer in the property filter, with counts. */
export const brokerFacets = z
  .object({
    facets: z.record(z.string(), z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() }))),
  })
  .meta({ id: "BrokerFacets" });

export const observedFact = z
  .object({
    attribute: z.string(),
    label: z.string(),
    value: z.unknown(),
    observedAt: instant.nullable(),
    source: z.string(),
  })
  .meta({ id: "ObservedFact" });

export const changeItem = z
  .object({
    id: z.string(),
    brokerId: z.string(),
    brokerName: z.string(),
    attribute: z.string(),
    oldValue: z.unknown(),
    newValue: z.unknown(),
    observedAt: instant,
    previousObservedAt: instant.nullable(),
  })
  .meta({ id: "Change" });

export const topologyView = z
  .object({
    status: z.enum(["ok", "malformed", "not-read", "not-applicable"]),
    message: z.string().nullable(),
    connectors: z.array(
      z.object({
        name: z.string().nullable(),
        direction: z.enum(["outgoing", "incoming", "duplex"]),
        peerBrokerId: z.string().nullable(),
        peerName: z.string().nullable(),
        peerHost: z.string(),
        external: z.boolean(),
        userName: z.string().nullable(),
      }),
    ),
    configuration: z
      .object({ id: z.string(), revision: z.number().int(), fetchedAt: instant, text: z.string() })
      .nullable(),
  })
  .meta({ id: "Topology" });

/** Where a broker is, who can reach it and who may sign in. `null` in place of a list or flag: not told (yet). */
export const surroundingsView = z
  .object({
    /** The oldest of the network facts. */
    networkObservedAt: instant.nullable(),
    subnets: z.array(
      z.object({ id: z.string(), told: z.boolean(), zoneId: z.string().nullable(), zoneName: z.string().nullable() }),
    ),
    securityGroups: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        openings: z
          .array(
            z.object({
              /** tcp, udp, ..., or all */
              protocol: z.string(),
              /** A port, a range "61614-61619", or all */
              ports: z.string(),
              /** Address ranges, security groups and prefix lists */
              from: z.array(z.string()),
              everybody: z.boolean(),
            }),
          )
          .nullable(),
      }),
    ),
    users: z.array(
      z.object({
        name: z.string(),
        pendingChange: z.string().nullable(),
        consoleAccess: z.boolean().nullable(),
        groups: z.array(z.string()).nullable(),
        replicationUser: z.boolean().nullable(),
        observedAt: instant.nullable(),
      }),
    ),
  })
  .meta({ id: "Surroundings" });

export const brokerDetail = z
  .object({
    broker: brokerItem,
    support: supportView,
    instanceSupport: supportView,
    facts: z.array(observedFact),
    descriptionFailure: z.string().nullable(),
    rules: z.array(
      z.object({
        ruleId: z.string(),
        title: z.string(),
        outcome: z.string(),
        severity: z.string(),
        findingId: z.number().int().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    upgradePath: z.array(z.object({ line: z.string(), inPlace: z.boolean(), conditions: z.array(z.string()) })),
    surroundings: surroundingsView,
    topology: topologyView,
    payload: z.unknown(),
    payloadObservedAt: instant.nullable(),
    console: z.array(z.string()),
    asOf: instant,
  })
  .meta({ id: "BrokerDetail" });
export type BrokerDetail = z.infer<typeof brokerDetail>;

export const brokerChanges = pageOf(changeItem).meta({ id: "ChangePage" });

/** Who did what to a broker, newest first, as CloudTrail recorded it. */
export const brokerEvents = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        at: instant,
        /** The API operation */
        name: z.string(),
        actor: z.string().nullable(),
        actorArn: z.string().nullable(),
        sourceIp: z.string().nullable(),
        /** Parameters of the request that hold no secret */
        summary: z.record(z.string(), z.string()),
        /** AWS's error code where it refused the request */
        refused: z.string().nullable(),
      }),
    ),
    /** CloudTrail was read in full until then; null: never. */
    readUntil: instant.nullable(),
    /** Why the last reading was not complete. */
    notRead: z.string().nullable(),
    /** What AWS Health announced about the broker, newest first. */
    notices: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          typeCode: z.string(),
          /** issue, accountNotification, scheduledChange, investigation */
          category: z.string(),
          /** open, closed, upcoming */
          status: z.string().nullable(),
          startAt: instant.nullable(),
          endAt: instant.nullable(),
        }),
      ),
      readUntil: instant.nullable(),
      notRead: z.string().nullable(),
    }),
    asOf: instant,
  })
  .meta({ id: "BrokerEvents" });

export const brokerCostSeries = z
  .object({
    currency: z.string().nullable(),
    /** null: no amount known that day (not zero) */
    days: z.array(
      z.object({
        day,
        instance: decimalText.nullable(),
        storage: decimalText.nullable(),
        transfer: decimalText.nullable(),
        other: decimalText.nullable(),
        estimated: z.boolean(),
      }),
    ),
    total: money.nullable(),
    basis: z.string().nullable(),
    explanation: z.string(),
  })
  .meta({ id: "BrokerCostSeries" });

export const metricsQuery = z.object({ range: z.enum(["3d", "15d", "90d", "13m"]).default("15d") });
export const brokerMetrics = z
  .object({
    range: z.string(),
    resolution: z.enum(["hourly", "daily"]),
    metrics: z.array(
      z.object({
        metric: z.string(),
        title: z.string(),
        unit: z.string(),
        description: z.string(),
        series: z.array(
          z.object({
            label: z.string(),
            stat: z.string(),
            points: z.array(z.object({ at: instant, value: z.number().nullable() })),
          }),
        ),
      }),
    ),
    readAt: instant.nullable(),
    asOf: instant,
  })
  .meta({ id: "BrokerMetrics" });
