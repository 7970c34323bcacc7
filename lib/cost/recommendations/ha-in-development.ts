import { outsideRecommendations } from "@/lib/cost/recommendations/common-exclusions";
import {
  defineRecommendation,
  excluded,
  none,
  recommended,
  unknown,
} from "@/lib/cost/recommendations/define-recommendation";
import { priceOfShapes } from "@/lib/cost/recommendations/price-change";
import { isHighlyAvailable } from "@/lib/domain/broker";

/** Environments that are often made like production on purpose. */
const LIKE_PRODUCTION: ReadonlySet<string> = new Set(["staging", "test"]);

export const haInDevelopment = defineRecommendation({
  id: "ha-in-development",
  version: 1,
  title: "High availability outside production",
  definition:
    "An active/standby or cluster broker whose environment is known not to be production. The saving is the list price of its deployment mode less that of " +
    "a single instance of the same type, both looked up. Unclassified brokers count as production. Members of a network of brokers and brokers in " +
    "cross-region data replication are left out.",
  nature: "saving",
  doneWhen: "deleted",
  evaluate(subject, context) {
    const outside = outsideRecommendations(subject);
    if (outside) return outside;
    const { engine, deploymentMode } = subject.attributes;
    const { environment, source, countsAsProduction } = subject.environment;
    if (countsAsProduction) return excluded("It counts as production.");
    const available = isHighlyAvailable(engine, deploymentMode);
    if (available === null || !deploymentMode) return unknown("Its deployment mode is not known.");
    if (!available) return none("It is a single instance.");
    if (subject.meshMember === true) return excluded("Member of a network of brokers, whose design decides about it.");
    const reasons = [
      ...(LIKE_PRODUCTION.has(environment) ? [`A ${environment} environment may be like production on purpose`] : []),
      ...(source === "tag" ? [] : ["The environment is the account's default, not a tag of the broker"]),
    ];
    const mode = deploymentMode === "CLUSTER_MULTI_AZ" ? "A cluster of three nodes" : "An active/standby pair";
    return recommended({
      summary: `${mode} in ${environment}: a single instance does where a failure harms nobody.`,
      window: null,
      metrics: [],
      confidence:
        reasons.length === 0
          ? { level: "high", reasons: ["Deployment mode and environment are as AWS describes them"] }
          : { level: "medium", reasons },
      change: { attribute: "deploymentMode", from: deploymentMode, to: "SINGLE_INSTANCE" },
      ...priceOfShapes(subject, context.prices, { deploymentMode: "SINGLE_INSTANCE" }, "saving"),
      steps: [
        "The deployment mode cannot be changed in place: create a single-instance broker of the same engine version and instance type.",
        ...(engine === "RABBITMQ"
          ? [
              "Quorum queues keep working on one node, without their redundancy; export definitions and import them into the new broker.",
            ]
          : ["Use the same configuration revision and users for the new broker; passwords have to be set again."]),
        "Point clients to the endpoints of the new broker, and drain the queues of the old one.",
        "Delete the old broker (aws mq delete-broker --broker-id <id>), and confirm the replacement here.",
        "If it tests fail-over, or the environment tag is wrong, dismiss this with the reason, or correct the tag.",
      ],
    });
  },
});
