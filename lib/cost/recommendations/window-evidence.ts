import {
  excluded,
  type RecommendationContext,
  type RecommendationOutcome,
  type RecommendationSubject,
  unknown,
  type WindowMetric,
} from "@/lib/cost/recommendations/define-recommendation";
import { thresholdOf } from "@/lib/cost/recommendations/thresholds";
import { addDays, type PlainDate } from "@/lib/domain/plain-date";
import type { EvidenceMetric, EvidenceWindow } from "@/lib/domain/recommendation";

/** The evidence window on a day: the whole days before it. */
export function windowOn(today: PlainDate): RecommendationContext["window"] {
  const days = thresholdOf("windowDays");
  return { from: addDays(today, -days), until: today, days };
}

/** Why metrics of the window can say nothing about the broker; null where they can. `needed`: the metric that has to have data. */
export function notMeasured(
  subject: RecommendationSubject,
  { window }: RecommendationContext,
  needed: readonly string[],
): RecommendationOutcome | null {
  if (subject.existsSince > window.from)
    return excluded(`Younger than the evidence window of ${window.days} days (since ${subject.existsSince}).`);
  const days = Math.min(...needed.map((name) => subject.metrics.get(name)?.days ?? 0));
  if (days >= thresholdOf("minimumDays")) return null;
  const missing = needed.find((name) => (subject.metrics.get(name)?.days ?? 0) === days);
  return unknown(
    days === 0
      ? `CloudWatch has no data of ${missing} in the last ${window.days} days.`
      : `Only ${days} of the ${window.days} days have data of ${missing}; ${thresholdOf("minimumDays")} are needed.`,
  );
}

/** The window as evidence, with the days on which all the metrics have data. */
export function evidenceWindow(
  subject: RecommendationSubject,
  { window }: RecommendationContext,
  needed: readonly string[],
): EvidenceWindow {
  const daysWithData = Math.min(...needed.map((name) => subject.metrics.get(name)?.days ?? 0));
  return { from: window.from, until: window.until, days: window.days, daysWithData };
}

/** Missing days as a reason against full confidence; empty where there are none. */
export function missingDays({ days, daysWithData }: EvidenceWindow): string[] {
  if (daysWithData >= days) return [];
  const missing = days - daysWithData;
  return [`${missing} ${missing === 1 ? "day" : "days"} of the window ${missing === 1 ? "has" : "have"} no data`];
}

/** One line of evidence. */
export function evidence(
  name: string,
  what: "peak" | "mean of daily peaks" | "lowest value",
  metric: WindowMetric,
  unit: string,
  limit: number | null,
): EvidenceMetric {
  const value = what === "peak" ? metric.peak : what === "lowest value" ? metric.low : metric.mean;
  return { name, statistic: what, value: roundedMetric(value), unit, limit };
}

/** Two places are more than any of these metrics means. */
export function roundedMetric(value: number): number {
  return Math.round(value * 100) / 100;
}
