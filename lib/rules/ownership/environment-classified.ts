import { defineRule, fail, pass } from "@/lib/rules/define-rule";

export const environmentClassified = defineRule({
  id: "environment-classified",
  version: 1,
  title: "Brokers say which environment they serve",
  severity: "low",
  category: "ownership",
  rationale:
    "What a broker must be (highly available, never an evaluation size) and may cost depends on its environment. A broker that says nothing is " +
    "treated as production, which asks too much of a test broker and makes every production figure less certain. A broker tagged as " +
    "development in a production account is worse: it may be the way around the production rules.",
  remediation:
    "Tag the broker with its environment (aws mq create-tags --resource-arn <arn> --tags environment=production). Where a value means something else " +
    "here, extend the value map in the settings. Where a tag contradicts the account, correct the tag or move the broker to the right account.",
  references: [
    { kind: "seed", id: "001" },
    {
      kind: "aws",
      id: "Tagging Amazon MQ resources",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-tagging.html",
    },
    { kind: "security-hub", id: "MQ.4" },
    { kind: "other", id: "Config tagged-amazonmq-broker" },
    { kind: "other", id: "tflint aws_resource_missing_tags" },
  ],
  needs: ["tags"],
  judges: ["tags"],
  replicas: "judged",
  basis: (broker) => ({
    environment: broker.environment.environment,
    source: broker.environment.source,
    conflict: broker.environment.conflictWithAccountDefault,
  }),
  examples: [
    { title: "environment tag", attributes: { tags: { Env: "PRD" } }, expect: "pass" },
    {
      title: "no tag, but the account is production",
      attributes: { tags: {} },
      accountDefaultEnvironment: "production",
      expect: "pass",
    },
    { title: "no tag, and the account says nothing", attributes: { tags: {} }, expect: "fail" },
    { title: "value that is not in the map", attributes: { tags: { environment: "blue" } }, expect: "fail" },
    {
      title: "development in a production account",
      attributes: { tags: { environment: "dev" } },
      accountDefaultEnvironment: "production",
      expect: "fail",
    },
    { title: "still being created", attributes: { state: "CREATION_IN_PROGRESS", tags: {} }, expect: "not-applicable" },
    { title: "tags never read", withhold: ["tags"], expect: "unknown" },
  ],
  evaluate(broker) {
    const { environment, source, key, rawValue, conflictWithAccountDefault, unmapped } = broker.environment;
    const tag = key === null ? null : `${key}=${rawValue ?? ""}`;
    const evidence = {
      environment,
      environmentSource: source,
      environmentTag: tag,
      unmappedTag: unmapped ? `${unmapped.key}=${unmapped.value}` : null,
      conflictWithAccountDefault,
    };
    if (conflictWithAccountDefault) {
      const summary = `Tagged ${environment} (${tag ?? ""}) in an account whose default is production; it counts as production.`;
      return fail(summary, evidence, "medium");
    }
    if (environment !== "unclassified") {
      return pass(
        source === "tag" ? `${environment}, by its tag ${tag ?? ""}.` : `${environment}, by its account's default.`,
      );
    }
    return fail(
      unmapped
        ? `The tag ${unmapped.key} says ${JSON.stringify(unmapped.value)}, which is no known environment.`
        : "No tag says which environment the broker serves, and its account has no default.",
      evidence,
    );
  },
});
