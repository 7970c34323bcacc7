import { defineRule, fail, pass } from "@/lib/rules/define-rule";

/**
 * The rule asks for what the KPI owner-coverage counts: an owner by tag or assignment. An account's default owner answers for the broker and gets
 * its findings, but nobody chose it for this broker: that is a finding too, of lower severity, so that the KPI and the findings explain each other.
 */
export const ownerAssigned = defineRule({
  id: "owner-assigned",
  version: 1,
  title: "Brokers have an owner",
  severity: "medium",
  category: "ownership",
  rationale:
    "A broker that belongs to nobody is upgraded by nobody, paid by nobody and missed by somebody when it is deleted. Every finding and every " +
    "cost needs a team that answers for it.",
  remediation:
    "Tag the broker with its owner (aws mq create-tags --resource-arn <arn> --tags owner=<team>), best in the template that creates it, or assign an " +
    "owner here. Values such as tbd, none or unknown count as no owner. A broker that nobody claims is a candidate for deletion.",
  references: [
    { kind: "seed", id: "000" },
    { kind: "seed", id: "001" },
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
  replicas: "judged",
  basis: (broker) => ({ source: broker.owner.source, owner: broker.owner.ownerKey }),
  examples: [
    { title: "owner tag", attributes: { tags: { Team: "Payments" } }, expect: "pass" },
    { title: "owner assigned here", attributes: { tags: {} }, assignedOwner: "payments", expect: "pass" },
    { title: "no tag at all", attributes: { tags: {} }, expect: "fail" },
    { title: "placeholder instead of a name", attributes: { tags: { owner: "TBD" } }, expect: "fail" },
    {
      title: "nothing but the account's default owner",
      attributes: { tags: {} },
      accountDefaultOwner: "platform",
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS", tags: {} }, expect: "not-applicable" },
    { title: "tags never read", withhold: ["tags"], expect: "unknown" },
  ],
  evaluate(broker) {
    const { source, display, tagKey, placeholder } = broker.owner;
    if (source === "tag") return pass(`Owned by ${display ?? ""} (tag ${tagKey ?? ""}).`);
    if (source === "assignment") return pass(`Owned by ${display ?? ""} (assigned here).`);
    const evidence = {
      ownerSource: source,
      accountDefaultOwner: source === "account-default" ? display : null,
      placeholderTag: placeholder ? `${placeholder.key}=${placeholder.value}` : null,
    };
    const tag = placeholder
      ? ` The tag ${placeholder.key} says ${JSON.stringify(placeholder.value)}, which names nobody.`
      : "";
    return source === "account-default"
      ? fail(`No owner of its own: ${display ?? ""} answers for it as the account's default.${tag}`, evidence, "low")
      : fail(`Nobody owns the broker.${tag}`, evidence);
  },
});
