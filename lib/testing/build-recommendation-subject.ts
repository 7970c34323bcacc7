import type {
  LiveInstanceOption,
  RecommendationContext,
  RecommendationSubject,
  WindowMetric,
} from "@/lib/cost/recommendations/define-recommendation";
import { windowOn } from "@/lib/cost/recommendations/window-evidence";
import type { Environment } from "@/lib/domain/environment";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type PriceList, SHIPPED_PRICES } from "@/lib/reference/prices";

const TODAY = parsePlainDate("2026-11-21");
const GIB = 1024 ** 3;

/** A metric with the same value on every day of the window; a pair is [peak, mean]. */
export function flatMetric(value: number | readonly [number, number], days = 14): WindowMetric {
  const [peak, mean] = typeof value === "number" ? [value, value] : value;
  return { peak, mean, low: Math.min(peak, mean), days };
}

interface SubjectOverrides extends Partial<Omit<RecommendationSubject, "attributes" | "environment" | "metrics">> {
  attributes?: Partial<RecommendationSubject["attributes"]>;
  environment?: Environment;
  environmentSource?: "tag" | "account-default" | "none";
  /** Values of every day; null takes a metric away. */
  metrics?: Readonly<Record<string, number | readonly [number, number] | WindowMetric | null>>;
}

const BUSY = {
  ACTIVEMQ: {
    CpuUtilization: [70, 50],
    HeapUsage: 70,
    StorePercentUsage: 20,
    CurrentConnectionsCount: 40,
    TotalMessageCount: 10,
    TotalProducerCount: 12,
    TotalConsumerCount: 20,
  },
  RABBITMQ: {
    SystemCpuUtilization: [70, 50],
    RabbitMQMemUsed: 3 * GIB,
    RabbitMQMemLimit: 4 * GIB,
    RabbitMQDiskFree: 190 * GIB,
    ConnectionCount: 40,
    ConsumerCount: 20,
    QueueCount: 30,
    MessageCount: 10,
    PublishRate: 5,
  },
} as const;

/** A busy single-instance broker in development in us-east-1 that nothing is recommended for, with the overrides. */
export function buildRecommendationSubject(overrides: SubjectOverrides = {}): RecommendationSubject {
  const { attributes, environment = "development", environmentSource = "tag", metrics = {}, ...rest } = overrides;
  const rabbit = attributes?.engine === "RABBITMQ";
  const values: Record<string, number | readonly [number, number] | WindowMetric | null> = {
    ...(rabbit ? BUSY.RABBITMQ : BUSY.ACTIVEMQ),
    ...metrics,
  };
  return {
    region: "us-east-1",
    attributes: {
      name: "orders",
      state: "RUNNING",
      engine: "ACTIVEMQ",
      engineVersion: rabbit ? "3.13.7" : "5.19.1",
      deploymentMode: "SINGLE_INSTANCE",
      instanceType: "mq.m5.xlarge",
      storageType: "EBS",
      storageSizeGb: null,
      ...attributes,
    },
    environment: {
      environment,
      source: environmentSource,
      countsAsProduction: environment === "production" || environment === "unclassified",
    },
    stale: false,
    gone: false,
    existsSince: parsePlainDate("2025-11-01"),
    replicated: false,
    meshMember: false,
    instanceTypeChangedOn: null,
    pendingInstanceType: null,
    metrics: new Map(
      Object.entries(values).flatMap(([name, value]) =>
        value === null ? [] : [[name, isWindow(value) ? value : flatMetric(value)] as const],
      ),
    ),
    billed: null,
    ...rest,
  };
}

function isWindow(value: number | readonly [number, number] | WindowMetric): value is WindowMetric {
  return typeof value === "object" && "peak" in value;
}

/** The context on the day of built fleets, with the shipped prices and no live offers. */
export function buildRecommendationContext(
  overrides: { prices?: PriceList; offers?: readonly LiveInstanceOption[] } = {},
): RecommendationContext {
  return {
    today: TODAY,
    window: windowOn(TODAY),
    prices: overrides.prices ?? SHIPPED_PRICES,
    offers: () => overrides.offers ?? [],
  };
}
