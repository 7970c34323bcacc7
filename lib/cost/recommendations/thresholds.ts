/** A constant that recommendations rest on, with the reason for its value; shown on the page. */
export interface RecommendationThreshold {
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

/** Every constant of the recommendations, in one place. */
export const RECOMMENDATION_THRESHOLDS = {
  windowDays: {
    title: "Evidence window",
    value: 14,
    unit: "days",
    reason: "Two whole weeks, so that every weekday and weekend is in it twice; the day that is not over is not.",
  },
  minimumDays: {
    title: "Days with data that are needed",
    value: 12,
    unit: "days",
    reason: "CloudWatch may lose a day; with more than two missing the window proves nothing.",
  },
  idleConnections: {
    title: "Connections of an idle broker, at most",
    value: 0,
    unit: "connections",
    reason: "The peak of every minute: with a single client connected the broker is not idle by this measure.",
  },
  idlePublishRate: {
    title: "Messages published to an idle RabbitMQ broker, at most",
    value: 0,
    unit: "messages a second",
    reason: "Mean of each day: one message would make it positive.",
  },
  projectedCpuPercent: {
    title: "CPU peak on the smaller type, at most",
    value: 60,
    unit: "%",
    reason:
      "The busiest minute of the window, carried over by the number of vCPUs, leaves room for growth and fail-over.",
  },
  projectedMeanCpuPercent: {
    title: "Mean of the daily CPU peaks on the smaller type, at most",
    value: 40,
    unit: "%",
    reason: "One low peak could be chance: most days must be quiet too.",
  },
  projectedMemoryPercent: {
    title: "Memory peak on the smaller type, at most",
    value: 60,
    unit: "%",
    reason: "Memory is what a broker runs out of first: ActiveMQ by heap, RabbitMQ by the memory high watermark.",
  },
  wrongStorageGb: {
    title: "Storage in use that is worth a move, at least",
    value: 10,
    unit: "GB",
    reason:
      "The storage type of a broker cannot be changed, so it has to be recreated; for less the difference is a dollar or two.",
  },
  usedLimitPercent: {
    title: "Disk, connections and queues of the smaller type in use, at most",
    value: 70,
    unit: "%",
    reason: "Documented limits of the smaller type must hold what is used at the peak, with room.",
  },
} as const satisfies Record<string, RecommendationThreshold>;

export type RecommendationThresholdId = keyof typeof RECOMMENDATION_THRESHOLDS;

/** The value of a threshold. */
export function thresholdOf(id: RecommendationThresholdId): number {
  return RECOMMENDATION_THRESHOLDS[id].value;
}
