import { outsideRecommendations } from "@/lib/cost/recommendations/common-exclusions";
import {
  defineRecommendation,
  excluded,
  none,
  recommended,
  unknown,
} from "@/lib/cost/recommendations/define-recommendation";
import { priceOfShapes } from "@/lib/cost/recommendations/price-change";
import { currentType, nextProductionSize } from "@/lib/cost/recommendations/smaller-type";
import { isEvaluationSize } from "@/lib/reference/instance-types";

export const evaluationInProduction = defineRecommendation({
  id: "evaluation-in-production",
  version: 1,
  title: "Evaluation size in production",
  definition:
    "A production broker on an instance type that AWS recommends for evaluation only. The figure is a premium, not a saving: what the next larger " +
    "production type of the same engine, line and deployment mode costs more per month. It is never added to waste.",
  nature: "premium",
  doneWhen: "instance-type-changed",
  evaluate(subject, context) {
    const outside = outsideRecommendations(subject);
    if (outside) return outside;
    const { engine, instanceType } = subject.attributes;
    const { environment } = subject;
    if (!environment.countsAsProduction) return excluded(`Not production, but ${environment.environment}.`);
    const evaluation = engine && instanceType ? isEvaluationSize(engine, instanceType) : null;
    if (evaluation === null || !instanceType)
      return unknown(`${instanceType ?? "Its instance type"} is not in the list of instance types.`);
    // A retired type is what the life-cycle rules speak about; its successor is larger anyway.
    if (!evaluation) return none(`${instanceType} is a production size.`);
    const target = nextProductionSize(subject, context);
    if (!target)
      return unknown("No larger type is known to be offered for its engine line and deployment mode in the region.");
    const { offer, offeredLive } = target;
    const current = currentType(subject);
    const reasons = [
      ...(environment.environment === "unclassified"
        ? ["Nothing says what the broker is for, so it counts as production"]
        : []),
      ...(offeredLive ? [] : ["What AWS offers in the region was not read"]),
    ];
    return recommended({
      summary: `${instanceType} is an evaluation size; production needs ${offer.instanceType}.`,
      window: null,
      metrics: [],
      confidence:
        reasons.length === 0
          ? { level: "high", reasons: ["Instance type and environment are as AWS describes them"] }
          : { level: "medium", reasons },
      change: { attribute: "instanceType", from: instanceType, to: offer.instanceType },
      ...priceOfShapes(subject, context.prices, { instanceType: offer.instanceType }, "premium"),
      steps: [
        `Change the instance type (aws mq update-broker --broker-id <id> --host-instance-type ${offer.instanceType}).`,
        ...(engine === "RABBITMQ" && (offer.diskGbPerNodeDefault ?? 0) < (current?.diskGbPerNodeDefault ?? 0)
          ? [`The new type has ${offer.diskGbPerNodeDefault} GB of disk a node: check the disk in use first.`]
          : []),
        "The change is applied with a reboot, at once (aws mq reboot-broker) or in the next maintenance window.",
        "If the broker is not production, give it the environment tag that says so instead.",
      ],
    });
  },
});
