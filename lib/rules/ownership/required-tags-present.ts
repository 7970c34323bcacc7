import { defineRule, fail, pass } from "@/lib/rules/define-rule";

export const requiredTagsPresent = defineRule({
  id: "required-tags-present",
  version: 1,
  title: "Brokers carry the required tags",
  severity: "low",
  category: "ownership",
  rationale:
    "Costs are shared out by cost allocation tags, and an incident is traced to an application by its tag. A broker without them appears in every report under " +
    '"other". Which keys every broker needs is a setting; where none is named, any tag will do.',
  remediation:
    "Tag the broker (aws mq create-tags --resource-arn <arn> --tags <key>=<value>), best in the template that creates it, and enforce " +
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
  judged: ({ attributes: { tags } }) => presentKeys(tags).sort(),
  basis: (_, { policy }) => policy.requiredTagKeys,
  replicas: "judged",
  examples: [
    {
      title: "all required keys, in any spelling of case",
      policy: { requiredTagKeys: ["cost-center", "application"] },
      attributes: { tags: { "Cost-Center": "104", Application: "orders" } },
      expect: "pass",
    },
    {
      title: "one of them is missing",
      policy: { requiredTagKeys: ["cost-center", "application"] },
      attributes: { tags: { application: "orders" } },
      expect: "fail",
    },
    {
      title: "one of them is blank",
      policy: { requiredTagKeys: ["cost-center"] },
      attributes: { tags: { "cost-center": " ", application: "orders" } },
      expect: "fail",
    },
    { title: "no key is required, and there is a tag", attributes: { tags: { team: "orders" } }, expect: "pass" },
    {
      title: "no tag but those of AWS",
      attributes: { tags: { "aws:cloudformation:stack-name": "mq" } },
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "tags never read", withhold: ["tags"], expect: "unknown" },
  ],
  evaluate({ attributes: { tags } }, { policy }) {
    const required = policy.requiredTagKeys;
    const present = new Set(presentKeys(tags));
    if (required.length === 0) {
      return present.size > 0
        ? pass("The broker is tagged; no key is required in the settings.")
        : fail("The broker has no tag at all.", { missing: [], required: [] });
    }
    const missing = required.filter((key) => !present.has(key.trim().toLowerCase()));
    return missing.length === 0
      ? pass(`The required tags are there: ${required.join(", ")}.`)
      : fail(`Required tags are missing or blank: ${missing.join(", ")}.`, { missing, required });
  },
});

/** Keys with a value, in lower case, without those that AWS itself sets. */
function presentKeys(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags)
    .filter(([key, value]) => value.trim() !== "" && !key.toLowerCase().startsWith("aws:"))
    .map(([key]) => key.trim().toLowerCase());
}
