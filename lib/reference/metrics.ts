import { type Engine, isKnownEngine, type KnownEngine, normalizeEngine } from "@/lib/domain/engine-version";
import data from "./data/metrics.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** A CloudWatch metric of the namespace AWS/AmazonMQ. */
export interface MqMetric extends Provenance {
  readonly engine: Engine;
  readonly scope: "broker" | "destination" | "node" | "queue";
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly dimensions: readonly string[];
  /** Lines that publish it, in words ("3.x only", "4.2 and later"); null for all. */
  readonly engineLines: string | null;
}

export type MetricStatistic = "Average" | "Maximum" | "Minimum" | "Sum";

/** A metric of the default set: which statistic is read, and why the product pays for it. */
export interface DefaultMetric {
  readonly name: string;
  readonly statistic: MetricStatistic;
  readonly reason: string;
}

/** One series to request: a metric, a statistic and the exact dimensions. */
export interface MetricSeries {
  readonly name: string;
  readonly statistic: MetricStatistic;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** 1 or 2: the instance of an ActiveMQ broker; null for RabbitMQ, whose metrics are of the whole broker. */
  readonly instance: 1 | 2 | null;
}

export const MQ_NAMESPACE = "AWS/AmazonMQ";

/** CloudWatch bills per metric requested: this many series per broker at most, unless an administrator asks for more. */
export const MAX_DEFAULT_SERIES = 12;

const file = openReferenceFile("metrics", data);

/** Every documented metric. Source: Amazon MQ developer guide, CloudWatch metrics for ActiveMQ and RabbitMQ. */
export const MQ_METRICS: readonly MqMetric[] = file.rows.map((row) => ({
  engine: normalizeEngine(row.text("engine")),
  scope: row.oneOf("scope", ["broker", "destination", "node", "queue"]),
  name: row.text("metric"),
  unit: row.text("unit"),
  description: row.text("description"),
  dimensions: row.texts("dimensions"),
  engineLines: row.optionalText("engine_line"),
  ...row.provenance,
}));

/** What the collector noted about the catalogue: dimensions, limits, traps. */
export const MQ_METRIC_NOTES: readonly string[] = file.notes;

/** Documented metric of an engine and scope by name. */
export function findMetric(engine: Engine, name: string, scope: MqMetric["scope"] = "broker"): MqMetric | undefined {
  return MQ_METRICS.find((row) => row.engine === engine && row.name === name && row.scope === scope);
}

/**
 * ActiveMQ, most needed first: an active/standby pair reports under two dimension values and either can be the active one, so it gets the first
 * six, twice. Peaks (Maximum) are read where a low figure could cost a broker its life or its size; totals (Sum) for traffic.
 */
const ACTIVEMQ_DEFAULTS: readonly DefaultMetric[] = [
  { name: "CpuUtilization", statistic: "Maximum", reason: "too large or too small: the busiest minute decides" },
  { name: "HeapUsage", statistic: "Maximum", reason: "too small: memory is what ActiveMQ runs out of first" },
  {
    name: "StorePercentUsage",
    statistic: "Maximum",
    reason: "at 100 the broker refuses messages; also the basis of storage cost",
  },
  { name: "CurrentConnectionsCount", statistic: "Maximum", reason: "idle: nobody connected at any time" },
  { name: "TotalMessageCount", statistic: "Maximum", reason: "idle, and what a replacement has to drain" },
  {
    name: "NetworkConnectorConnectionCount",
    statistic: "Maximum",
    reason: "mesh: connectors that really are connected",
  },
  { name: "TotalConsumerCount", statistic: "Maximum", reason: "idle: connected, yet nobody consumes" },
  { name: "TotalProducerCount", statistic: "Maximum", reason: "idle: connected, yet nobody produces" },
  { name: "NetworkIn", statistic: "Sum", reason: "traffic: data transfer and load of a mesh" },
  { name: "NetworkOut", statistic: "Sum", reason: "traffic: data transfer and load of a mesh" },
  {
    name: "InactiveDurableTopicSubscribersCount",
    statistic: "Maximum",
    reason: "forgotten subscribers fill the store",
  },
  { name: "TempPercentUsage", statistic: "Maximum", reason: "too small: non-persistent messages spill over" },
];

/**
 * RabbitMQ: one value for the whole broker, so all twelve. A cluster's memory and disk are aggregates of three nodes: good for idle and trend, not for
 * the distance to an alarm, which is per node. PublishRate counts AMQP 0-9-1 only from 4.2 on. None of them is a queue metric: 4.x has none.
 */
const RABBITMQ_DEFAULTS: readonly DefaultMetric[] = [
  { name: "SystemCpuUtilization", statistic: "Maximum", reason: "too large or too small: the busiest minute decides" },
  { name: "RabbitMQMemUsed", statistic: "Maximum", reason: "too small: publishers are blocked above the limit" },
  { name: "RabbitMQMemLimit", statistic: "Minimum", reason: "the limit that memory is compared with" },
  {
    name: "RabbitMQDiskFree",
    statistic: "Minimum",
    reason: "publishers are blocked below the limit; disk that an instance change must fit",
  },
  { name: "RabbitMQDiskFreeLimit", statistic: "Maximum", reason: "the limit that free disk is compared with" },
  { name: "ConnectionCount", statistic: "Maximum", reason: "idle: nobody connected at any time" },
  { name: "ConsumerCount", statistic: "Maximum", reason: "idle: connected, yet nobody consumes" },
  { name: "QueueCount", statistic: "Maximum", reason: "idle, and limits of the instance type" },
  { name: "MessageCount", statistic: "Maximum", reason: "idle, and what a replacement has to drain" },
  { name: "PublishRate", statistic: "Average", reason: "load, and idle: nothing published" },
  { name: "NetworkIn", statistic: "Sum", reason: "traffic: data transfer" },
  {
    name: "NetworkOut",
    statistic: "Sum",
    reason: "traffic: data transfer; on 4.x also protocols that PublishRate does not count",
  },
];

const DEFAULTS: Readonly<Record<KnownEngine, readonly DefaultMetric[]>> = {
  ACTIVEMQ: ACTIVEMQ_DEFAULTS,
  RABBITMQ: RABBITMQ_DEFAULTS,
};

/** The default set of an engine, most needed first; empty for an engine nobody knows. */
export function defaultMetrics(engine: Engine): readonly DefaultMetric[] {
  return isKnownEngine(engine) ? DEFAULTS[engine] : [];
}

/**
 * The series to request for a broker, never more than `MAX_DEFAULT_SERIES`. ActiveMQ's dimension value is the broker's name with `-1`, or `-1` and
 * `-2` for a pair (and for a mode that was never observed); RabbitMQ's is the name. Source: developer guide, metric dimensions.
 */
export function defaultMetricSeries(broker: {
  engine: Engine;
  name: string;
  deploymentMode: string | null | undefined;
}): readonly MetricSeries[] {
  const metrics = defaultMetrics(broker.engine);
  if (broker.engine !== "ACTIVEMQ")
    return metrics.map(({ name, statistic }) => series(name, statistic, broker.name, null));
  const instances = broker.deploymentMode === "SINGLE_INSTANCE" ? ([1] as const) : ([1, 2] as const);
  return metrics
    .slice(0, Math.floor(MAX_DEFAULT_SERIES / instances.length))
    .flatMap(({ name, statistic }) =>
      instances.map((instance) => series(name, statistic, `${broker.name}-${instance}`, instance)),
    );
}

function series(name: string, statistic: MetricStatistic, dimension: string, instance: 1 | 2 | null): MetricSeries {
  return { name, statistic, dimensions: [{ name: "Broker", value: dimension }], instance };
}
