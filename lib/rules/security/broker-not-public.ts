import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const brokerNotPublic = defineRule({
  id: "broker-not-public",
  version: 1,
  title: "Brokers are not reachable from the internet",
  severity: "high",
  category: "security",
  rationale:
    "A public broker has an address that anybody can reach: passwords can be guessed against it, and every flaw of the engine is open to the " +
    "world. A private broker is reached through its VPC.",
  remediation:
    "Public accessibility cannot be changed. Create a private replacement in the VPC of its clients, move the clients to it (peering, Transit " +
    "Gateway or VPN for those outside), drain the public broker and delete it.",
  references: [
    { kind: "seed", id: "004" },
    {
      kind: "aws",
      id: "Prefer brokers without public accessibility",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
    },
    { kind: "config", id: "MQ_NO_PUBLIC_ACCESS" },
    { kind: "prowler", id: "mq_broker_not_publicly_accessible" },
    { kind: "checkov", id: "CKV_AWS_69" },
    { kind: "trivy", id: "AWS-0072" },
    { kind: "conformity", id: "publicly-accessible" },
    { kind: "powerpipe", id: "mq_broker_restrict_public_access" },
    { kind: "powerpipe", id: "mq_broker_publicly_accessible" },
    { kind: "other", id: "KICS 4eb5f791" },
    { kind: "other", id: "KICS 68b6a789" },
    { kind: "other", id: "Terrascan AC_AWS_0175" },
    { kind: "other", id: "CloudSploit mqBrokerPublicAccess" },
    { kind: "other", id: "ElectricEye AmazonMQ.4" },
    { kind: "other", id: "Datadog IaC mq_broker_is_publicly_accessible" },
  ],
  needs: ["publiclyAccessible"],
  judges: ["publiclyAccessible"],
  replicas: "judged",
  examples: [
    { title: "private broker", attributes: { publiclyAccessible: false }, expect: "pass" },
    { title: "public broker", attributes: { publiclyAccessible: true }, expect: "fail" },
    {
      title: "public broker in development",
      attributes: { publiclyAccessible: true, tags: { env: "dev" } },
      expect: "fail",
    },
    { title: "deleted meanwhile", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "never described", withhold: ["publiclyAccessible"], expect: "unknown" },
    { title: "AWS did not say", attributes: { publiclyAccessible: null }, expect: "unknown" },
  ],
  evaluate(broker) {
    const { publiclyAccessible } = broker.attributes;
    // Absent is not false: to read it so has made other tools pass public brokers.
    if (publiclyAccessible === null) return unknown("AWS did not tell whether the broker is publicly accessible.");
    if (!publiclyAccessible) return pass("The broker is private.");
    return fail("The broker is publicly accessible.", { publiclyAccessible });
  },
});
