import { outsideRecommendations } from "@/lib/cost/recommendations/common-exclusions";
import {
  defineRecommendation,
  excluded,
  none,
  type RecommendationContext,
  type RecommendationSubject,
  recommended,
  unknown,
} from "@/lib/cost/recommendations/define-recommendation";
import { priceOfChange } from "@/lib/cost/recommendations/price-change";
import { currentType } from "@/lib/cost/recommendations/smaller-type";
import { thresholdOf } from "@/lib/cost/recommendations/thresholds";
import {
  evidence,
  evidenceWindow,
  missingDays,
  notMeasured,
  roundedMetric,
} from "@/lib/cost/recommendations/window-evidence";
import { Decimal, decimalToText } from "@/lib/domain/money";
import type { PricedAmount } from "@/lib/domain/recommendation";
import { storagePrice } from "@/lib/reference/prices";

const STORE = "StorePercentUsage";

export const wrongStorage = defineRecommendation({
  id: "wrong-storage",
  version: 1,
  title: "Costlier storage than needed",
  definition:
    "A single-instance ActiveMQ broker outside production that keeps its messages on Amazon EFS, where Amazon EBS is offered for its instance type (mq.m5). " +
    "EFS keeps copies in several Availability Zones, which a single instance in one zone outside production does not need. Active/standby brokers need EFS, " +
    "RabbitMQ has EBS only, mq.t3.micro has EFS only. The saving is the used GB x the difference of both prices per GB-month.",
  nature: "saving",
  doneWhen: "deleted",
  evaluate(subject, context) {
    const outside = outsideRecommendations(subject);
    if (outside) return outside;
    const { engine, deploymentMode, storageType, instanceType } = subject.attributes;
    if (engine === "RABBITMQ") return excluded("RabbitMQ brokers have EBS storage only.");
    if (engine !== "ACTIVEMQ") return unknown("Nobody knows the storage of this engine yet.");
    if (deploymentMode !== "SINGLE_INSTANCE") return excluded("Active/standby brokers need EFS.");
    if (!storageType) return unknown("Its storage type was never observed.");
    if (storageType !== "EFS") return none(`Its storage is ${storageType}.`);
    if (subject.environment.countsAsProduction)
      return excluded("In production, copies in several zones are what EFS is paid for.");
    const type = currentType(subject);
    if (!type) return unknown(`${instanceType} is not in the list of instance types.`);
    if (!type.storageTypes.includes("EBS")) return excluded(`${instanceType} is offered with EFS only.`);
    const live = context.offers(subject.region).filter((option) => option.engine === engine);
    if (live.length > 0 && !live.some((option) => option.instanceType === instanceType && option.storageType === "EBS"))
      return excluded(`AWS does not offer ${instanceType} with EBS in ${subject.region}.`);
    const unmeasured = notMeasured(subject, context, [STORE]);
    if (unmeasured) return unmeasured;
    const store = subject.metrics.get(STORE);
    if (!store || type.storageQuotaGb === null) return unknown("How much storage is used is not known.");
    const usedGb = new Decimal(store.mean).times(type.storageQuotaGb).dividedBy(100).toDecimalPlaces(6);
    if (usedGb.lessThan(thresholdOf("wrongStorageGb")))
      return none(
        `It uses ${roundedMetric(usedGb.toNumber())} GB; from ${thresholdOf("wrongStorageGb")} GB on a move is worth it.`,
      );
    const window = evidenceWindow(subject, context, [STORE]);
    const reasons = [
      "Used GB follow from StorePercentUsage and the storage quota of the type",
      ...(live.length > 0 ? [] : ["What AWS offers in the region was not read"]),
      ...missingDays(window),
    ];
    return recommended({
      summary: `${roundedMetric(usedGb.toNumber())} GB on EFS in ${subject.environment.environment}: EBS costs less per GB.`,
      window,
      metrics: [
        evidence(STORE, "mean of daily peaks", store, "%", null),
        {
          name: "Used storage",
          statistic: "mean of the window",
          value: roundedMetric(usedGb.toNumber()),
          unit: "GB",
          limit: null,
        },
      ],
      confidence: { level: "medium", reasons },
      change: { attribute: "storageType", from: "EFS", to: "EBS" },
      ...priceOfChange(subject, {
        before: monthOf(subject, context, "EFS", usedGb),
        after: monthOf(subject, context, "EBS", usedGb),
        nature: "saving",
        explanation:
          "Used GB (mean of the window) x list price per GB-month of EFS and of EBS. What AWS bills today is shown beside it.",
      }),
      steps: [
        "The storage type cannot be changed in place: create a broker of the same engine version and instance type with --storage-type EBS.",
        "EBS keeps its copies within one Availability Zone: what is lost with the zone must be acceptable, or reproducible.",
        "Use the same configuration revision and users; passwords have to be set again. Point clients to the new endpoints and drain the old queues.",
        "Delete the old broker (aws mq delete-broker --broker-id <id>), and confirm the replacement here.",
      ],
    });
  },
});

function monthOf(
  { region }: RecommendationSubject,
  { prices }: RecommendationContext,
  storageType: string,
  usedGb: Decimal,
): PricedAmount {
  const found = storagePrice(prices, { region, engine: "ACTIVEMQ", storageType });
  if (!found.known) return { known: false, reason: found.reason };
  return {
    known: true,
    amount: decimalToText(found.price.amount.times(usedGb)),
    currency: found.price.currency,
    priceListOf: found.asOf,
  };
}
