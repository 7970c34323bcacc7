import { defineRule, fail, pass } from "@/lib/rules/define-rule";

/** The keys that everybody asks for. Environment and owner have rules of their own, which know every way of saying them. */
const REQUIRED_KEYS = ["cost-center", "application"] as const;

export const requiredTagsPresent = defineRule({
  id: "required-tags-present",
  version: 1,
  title: "Brokers carry the required tags",
  severity: "low",
  category: "ownership",
  rationale:
    "Costs are shared out by cost allocation tags, and an incident is traced to an application by its tag. A broker without them appears in every report under " +
    '"other".',
  remediation:
    "Tag the broker (aws mq create-tags --resource-arn <arn> --tags cost-center=<number>,application=<name>), best in the template that creates it, and enforce " +
    "the keys with a tag policy of the organization.",
  references: [
    {
      kind: "aws",
      id: "Tagging Amazon MQ resources",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-tagging.html",
    },
    { kind: "security-hub", id: "MQ.4" },
    { kind: "other", id: "Config tagged-amazonmq-broker" },
    { kind: "other", id: "tflint aws_resource_missing_tags" },
    { kind: "other", id: "Cloud Custodian tag filters" },
  ],
  needs: ["tags"],
  judges: ["tags"],
  judged: ({ attributes: { tags } }) => missingKeys(tags),
  replicas: "judged",
  examples: [
    {
      title: "all of them, in any spelling of case",
      attributes: { tags: { "Cost-Center": "104", Application: "orders" } },
      expect: "pass",
    },
    { title: "one is missing", attributes: { tags: { application: "orders" } }, expect: "fail" },
    { title: "one is blank", attributes: { tags: { "cost-center": " ", application: "orders" } }, expect: "fail" },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "tags never read", withhold: ["tags"], expect: "unknown" },
  ],
  evaluate({ attributes: { tags } }) {
    const missing = missingKeys(tags);
    return missing.length === 0
      ? pass(`The tags ${REQUIRED_KEYS.join(" and ")} are there.`)
      : fail(`Required tags are missing or blank: ${missing.join(", ")}.`, { missing, required: REQUIRED_KEYS });
  },
});

function missingKeys(tags: Readonly<Record<string, string>>): string[] {
  const present = new Set(
    Object.entries(tags).flatMap(([key, value]) => (value.trim() === "" ? [] : [key.trim().toLowerCase()])),
  );
  return REQUIRED_KEYS.filter((key) => !present.has(key));
}
