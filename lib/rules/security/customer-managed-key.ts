import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const customerManagedKey = defineRule({
  id: "customer-managed-key",
  version: 1,
  title: "Brokers are encrypted with a key of the customer",
  severity: "low",
  category: "security",
  rationale:
    "Every broker is encrypted at rest. With a key owned by AWS nobody can see its use in CloudTrail, restrict it by policy or take it away; a key of the " +
    "customer allows all three, which regulations often ask for.",
  remediation:
    "The key is chosen when a broker is created and cannot be changed: create the replacement with --encryption-options KmsKeyId=<key>,UseAwsOwnedKey=false, " +
    "together with the next migration. Keep the key's grants: a broker whose key is disabled stops.",
  references: [
    {
      kind: "aws",
      id: "Encryption at rest",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/data-protection.html",
    },
    { kind: "checkov", id: "CKV_AWS_209" },
    { kind: "powerpipe", id: "mq_broker_encrypted_with_kms_cmk" },
    { kind: "other", id: "ElectricEye AmazonMQ.1" },
    { kind: "other", id: "CloudSploit mqBrokerEncrypted" },
    { kind: "other", id: "Cloud Custodian kms-key filter" },
  ],
  needs: ["encryption"],
  judges: ["encryption"],
  replicas: "judged",
  examples: [
    { title: "key of the customer", expect: "pass" },
    {
      title: "key owned by AWS",
      attributes: { encryption: { kmsKeyId: null, useAwsOwnedKey: true } },
      expect: "fail",
    },
    {
      title: "RabbitMQ with the account's key that AWS manages",
      attributes: { engine: "RABBITMQ", encryption: { kmsKeyId: null, useAwsOwnedKey: false } },
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "AWS sent no encryption options", attributes: { encryption: null }, expect: "unknown" },
    { title: "never described", withhold: ["encryption"], expect: "unknown" },
  ],
  evaluate({ attributes: { encryption } }) {
    if (encryption === null || (encryption.kmsKeyId === null && encryption.useAwsOwnedKey === null)) {
      return unknown("AWS did not tell which key encrypts the broker.");
    }
    const { kmsKeyId, useAwsOwnedKey } = encryption;
    if (kmsKeyId !== null && useAwsOwnedKey !== true) return pass(`Encrypted with ${kmsKeyId}.`);
    return fail(
      useAwsOwnedKey === true
        ? "Encrypted with a key that AWS owns."
        : "Encrypted with the key that AWS manages for the account (aws/mq).",
      { kmsKeyId, useAwsOwnedKey },
    );
  },
});
