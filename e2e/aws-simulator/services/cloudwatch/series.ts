import type { Broker, BrokerAttributes } from "../../organisation/model";
import { dayMs, hashText, unit } from "../../organisation/seeded";
import { brokerSeed, hourMs, type Load, loadIn, measurableIn } from "./load";

/** One hour of a metric, summarised over its sixty one-minute samples. */
export interface HourValue {
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface MetricSubject {
  readonly broker: Broker;
  /** 1 or 2 for ActiveMQ (2 = standby); 0 for a RabbitMQ broker as a whole; 1 to 3 for one of its nodes. */
  readonly instance: number;
  readonly node: boolean;
}

interface Reading extends MetricSubject {
  readonly attributes: BrokerAttributes;
  readonly load: Load;
}

type Formula = (reading: Reading) => number;

const gib = 1024 ** 3;

function clampPercent(value: number): number {
  return Math.min(100, Math.max(0, value));
}

function has(reading: Reading, code: string): boolean {
  return reading.attributes.actionsRequired.some((action) => action.code === code);
}

/** The standby of an active/standby pair accepts no clients. */
function active(formula: Formula, standby = 0): Formula {
  return (reading) => (reading.instance === 2 ? standby : formula(reading));
}

const connections: Formula = (r) => (has(r, "BROKER_ENI_DELETED") ? 0 : r.broker.load.connections * r.load.work);

const activeMetrics: Readonly<Record<string, Formula>> = {
  CpuUtilization: active((r) => clampPercent(2.5 + r.broker.load.cpuPercent * r.load.pressure), 2.1),
  HeapUsage: active(
    (r) =>
      has(r, "BROKER_OOM") ? 97 : clampPercent(12 + r.broker.load.memoryPercent * (0.55 + 0.45 * r.load.pressure)),
    11,
  ),
  StorePercentUsage: (r) => clampPercent(r.broker.load.storePercent * r.load.growth),
  TempPercentUsage: () => 0,
  JobSchedulerStorePercentUsage: () => 0,
  CurrentConnectionsCount: active(connections),
  EstablishedConnectionsCount: active((r) => connections(r) * 40),
  TotalConsumerCount: active((r) => connections(r) * 1.6),
  TotalProducerCount: active((r) => connections(r) * 0.7),
  TotalMessageCount: active((r) => r.broker.load.messages * r.load.work * r.load.work),
  OpenTransactionCount: active((r) => connections(r) * 0.02),
  InactiveDurableTopicSubscribersCount: () => 0,
  NetworkIn: (r) => 4_000 + r.load.work * r.broker.load.connections * 9_000,
  NetworkOut: (r) => 6_000 + r.load.work * r.broker.load.connections * 12_000,
  NetworkConnectorConnectionCount: active((r) => r.attributes.networkConnections ?? 0),
  JournalFilesForFastRecovery: active(() => 1),
  JournalFilesForFullRecovery: active(() => 1),
  OpenwireMaximumConnections: (r) => (r.attributes.hostInstanceType.endsWith("micro") ? 300 : 2000),
  AmqpMaximumConnections: (r) => (r.attributes.hostInstanceType.endsWith("micro") ? 300 : 2000),
  StompMaximumConnections: (r) => (r.attributes.hostInstanceType.endsWith("micro") ? 300 : 2000),
  MqttMaximumConnections: (r) => (r.attributes.hostInstanceType.endsWith("micro") ? 300 : 2000),
  WsMaximumConnections: (r) => (r.attributes.hostInstanceType.endsWith("micro") ? 300 : 2000),
};

/** Only brokers on EBS have these. */
const ebsMetrics: Readonly<Record<string, Formula>> = {
  BurstBalance: () => 100,
  VolumeReadOps: (r) => 2 + r.load.work * 40,
  VolumeWriteOps: (r) => 5 + r.load.work * 300,
};

const memoryGib: Readonly<Record<string, number>> = {
  micro: 1,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
  "4xlarge": 64,
  "8xlarge": 128,
};
const clusterDiskGib: Readonly<Record<string, number>> = {
  medium: 5,
  large: 15,
  xlarge: 25,
  "2xlarge": 45,
  "4xlarge": 90,
  "8xlarge": 175,
};

function sizeName(reading: Reading): string {
  return reading.attributes.hostInstanceType.split(".").at(-1) ?? "large";
}

/** Broker values of a cluster are sums over its three nodes. */
function perNode(reading: Reading): number {
  return !reading.node && reading.broker.deploymentMode === "CLUSTER_MULTI_AZ" ? 3 : 1;
}

const memoryLimit: Formula = (r) => (memoryGib[sizeName(r)] ?? 8) * 0.4 * gib * perNode(r);

function diskGib(reading: Reading): number {
  const { attributes, broker } = reading;
  if (attributes.hostInstanceType.endsWith("micro")) return 20;
  if (attributes.hostInstanceType.includes("m7g") && broker.deploymentMode === "CLUSTER_MULTI_AZ") {
    return attributes.storageSize ?? clusterDiskGib[sizeName(reading)] ?? 15;
  }
  return 200;
}

const diskLimit: Formula = (r) => Math.min(12, diskGib(r) * 0.25) * gib * perNode(r);

/** Counts of the whole broker; a node carries its third. */
function shared(formula: Formula): Formula {
  return (reading) => formula(reading) / (reading.node && reading.broker.deploymentMode === "CLUSTER_MULTI_AZ" ? 3 : 1);
}

/** Metrics that RabbitMQ publishes for the broker and for each node, on every line. */
const nodeMetrics: Readonly<Record<string, Formula>> = {
  SystemCpuUtilization: (r) => clampPercent(3 + r.broker.load.cpuPercent * r.load.pressure),
  RabbitMQMemLimit: memoryLimit,
  RabbitMQMemUsed: (r) =>
    memoryLimit(r) *
    (has(r, "RABBITMQ_MEMORY_ALARM")
      ? 1.04
      : Math.min(0.95, 0.1 + (r.broker.load.memoryPercent / 100) * (0.6 + 0.4 * r.load.pressure))),
  RabbitMQDiskFreeLimit: diskLimit,
  RabbitMQDiskFree: (r) =>
    has(r, "RABBITMQ_DISK_ALARM")
      ? diskLimit(r) * 0.93
      : Math.max(
          diskLimit(r) * 1.02,
          diskGib(r) * gib * perNode(r) * (1 - Math.min(90, r.broker.load.storePercent * r.load.growth) / 100),
        ),
  RabbitMQFdUsed: shared((r) => 60 + r.broker.load.connections * r.load.work * 1.3),
};
/** Broker metrics that are published for nodes from RabbitMQ 4.2 on. */
const countMetrics: Readonly<Record<string, Formula>> = {
  ExchangeCount: (r) => 8 + Math.round(r.broker.load.connections / 6),
  QueueCount: (r) => r.broker.load.queues ?? 2 + Math.round(r.broker.load.connections / 3),
  ConnectionCount: shared((r) => r.broker.load.connections * r.load.work),
  ChannelCount: shared((r) => r.broker.load.connections * r.load.work * 2.2),
  ConsumerCount: shared((r) => r.broker.load.connections * r.load.work * 1.4),
  MessageCount: shared((r) => r.broker.load.messages * r.load.work * r.load.work),
  MessageReadyCount: shared((r) => r.broker.load.messages * r.load.work * r.load.work * 0.7),
  MessageUnacknowledgedCount: shared((r) => r.broker.load.messages * r.load.work * r.load.work * 0.3),
};
const brokerOnlyMetrics: Readonly<Record<string, Formula>> = {
  PublishRate: (r) => r.broker.load.messages * r.load.work * 0.8,
  ConfirmRate: (r) => r.broker.load.messages * r.load.work * 0.6,
  AckRate: (r) => r.broker.load.messages * r.load.work * 0.8,
  RabbitMQIOReadAverageTime: () => 0,
  RabbitMQIOWriteAverageTime: () => 0.4,
  NetworkIn: (r) => 4_000 + r.load.work * r.broker.load.connections * 9_000,
  NetworkOut: (r) => 6_000 + r.load.work * r.broker.load.connections * 12_000,
};

/** Metric names that a subject publishes while it has the given attributes. */
export function metricNamesOf(subject: MetricSubject, attributes: BrokerAttributes): string[] {
  if (subject.broker.engine === "ActiveMQ") {
    return [...Object.keys(activeMetrics), ...(subject.broker.storageType === "EBS" ? Object.keys(ebsMetrics) : [])];
  }
  if (!subject.node)
    return [...Object.keys(countMetrics), ...Object.keys(brokerOnlyMetrics), ...Object.keys(nodeMetrics)];
  return [...Object.keys(nodeMetrics), ...(attributes.engineVersion.startsWith("4.") ? Object.keys(countMetrics) : [])];
}

function formulaOf(subject: MetricSubject, metric: string, attributes: BrokerAttributes): Formula | undefined {
  if (subject.broker.engine === "ActiveMQ")
    return activeMetrics[metric] ?? (subject.broker.storageType === "EBS" ? ebsMetrics[metric] : undefined);
  if (nodeMetrics[metric]) return nodeMetrics[metric];
  if (!subject.node) return countMetrics[metric] ?? brokerOnlyMetrics[metric];
  return attributes.engineVersion.startsWith("4.") ? countMetrics[metric] : undefined;
}

const constantMetrics =
  /Limit$|Maximum|Journal|BurstBalance|ExchangeCount|QueueCount|NetworkConnectorConnectionCount|Temp|JobScheduler|Inactive/;
const percentMetrics = /Utilization$|Usage$/;

interface MetricTraits {
  readonly seed: number;
  readonly constant: boolean;
  readonly percent: boolean;
}
const traits = new Map<string, MetricTraits>();

/** What a name says of its metric; worked out once, because 13 months of all metrics ask a million times. */
function traitsOf(metric: string): MetricTraits {
  const known = traits.get(metric);
  if (known) return known;
  const found = {
    seed: hashText(metric),
    constant: constantMetrics.test(metric),
    percent: percentMetrics.test(metric),
  };
  traits.set(metric, found);
  return found;
}

/** The value of a metric in the hour that starts at `hour`, or undefined where there is none. */
export function hourValue(subject: MetricSubject, metric: string, hour: number, anchor: number): HourValue | undefined {
  const { broker } = subject;
  const attributes = measurableIn(broker, hour);
  if (!attributes) return undefined;
  const formula = formulaOf(subject, metric, attributes);
  if (!formula) return undefined;
  const { seed: ofMetric, constant, percent } = traitsOf(metric);
  const seed = brokerSeed(broker) ^ ofMetric ^ (subject.instance * 7_919);
  const index = Math.floor(hour / hourMs);
  // Once in a while an hour's data is lost.
  if (unit(brokerSeed(broker), index + 40_000_000) < 0.0004) return undefined;
  const { instance, node } = subject;
  const base = formula({ broker, instance, node, attributes, load: loadIn(broker, attributes, hour, anchor) });
  if (base === 0 || constant) return { average: base, minimum: base, maximum: base };
  const average = base * (0.95 + 0.1 * unit(seed, index));
  const spread = 0.08 + 0.3 * unit(seed, index + 77_000_000);
  const maximum = average * (1 + spread);
  return {
    average: percent ? clampPercent(average) : average,
    minimum: average * (1 - spread),
    maximum: percent ? clampPercent(maximum) : maximum,
  };
}

/** A value within an hour: five-minute steps around the hour's average. */
export function fineValue(
  subject: MetricSubject,
  metric: string,
  instant: number,
  anchor: number,
): HourValue | undefined {
  const hour = Math.floor(instant / hourMs) * hourMs;
  const value = hourValue(subject, metric, hour, anchor);
  if (!value || value.minimum === value.maximum) return value;
  const noise = unit(brokerSeed(subject.broker) ^ traitsOf(metric).seed, Math.floor(instant / 60_000));
  const average = value.minimum + (value.maximum - value.minimum) * (0.25 + 0.5 * noise);
  return { average, minimum: (average + value.minimum) / 2, maximum: (average + value.maximum) / 2 };
}

/** Days that CloudWatch keeps data points of a period (seconds). */
export function retentionMs(periodSeconds: number): number {
  if (periodSeconds < 300) return 15 * dayMs;
  return (periodSeconds < 3600 ? 63 : 455) * dayMs;
}
