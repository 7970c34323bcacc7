import { engineDisplayName } from "@/lib/domain/engine-version";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const auditLogsEnabled = defineRule({
  id: "audit-logs-enabled",
  version: 1,
  title: "ActiveMQ audit logs are sent to CloudWatch",
  severity: "medium",
  category: "security",
  rationale:
    "The audit log records who did what through JMX and the web console. Without it nobody can tell afterwards who purged a queue or " +
    "removed a destination.",
  remediation:
    "Turn the audit log on (aws mq update-broker --broker-id <id> --logs Audit=true,General=true); it is applied at the next reboot or maintenance " +
    "window. CloudWatch needs a resource policy that lets Amazon MQ write.",
  references: [
    {
      kind: "aws",
      id: "Configuring Amazon MQ for ActiveMQ logs",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/configure-logging-monitoring-activemq.html",
    },
    { kind: "security-hub", id: "MQ.2" },
    { kind: "config", id: "MQ_CLOUDWATCH_AUDIT_LOG_ENABLED" },
    { kind: "config", id: "MQ_CLOUDWATCH_AUDIT_LOGGING_ENABLED" },
    { kind: "prowler", id: "mq_broker_logging_enabled" },
    { kind: "checkov", id: "CKV_AWS_197" },
    { kind: "trivy", id: "AWS-0070" },
    { kind: "conformity", id: "log-exports" },
    { kind: "powerpipe", id: "mq_broker_audit_log_enabled" },
    { kind: "powerpipe", id: "mq_broker_audit_logging_enabled" },
    { kind: "other", id: "ElectricEye AmazonMQ.2" },
  ],
  needs: ["engine", "logs"],
  judges: ["logs"],
  replicas: "judged",
  examples: [
    { title: "audit log on", expect: "pass" },
    {
      title: "audit log off",
      attributes: { logs: { general: true, audit: false, generalLogGroup: null, auditLogGroup: null } },
      expect: "fail",
    },
    { title: "RabbitMQ has no audit log", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    { title: "never described", withhold: ["logs"], expect: "unknown" },
    { title: "AWS sent no log settings", attributes: { logs: null }, expect: "unknown" },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
  ],
  evaluate(broker) {
    const { engine, logs } = broker.attributes;
    if (engine === "RABBITMQ") return notApplicable("Amazon MQ has no audit log for RabbitMQ.");
    if (engine !== "ACTIVEMQ")
      return unknown(`Whether ${engineDisplayName(engine)} brokers have an audit log is not known.`);
    const audit = logs?.audit ?? null;
    if (audit === null) return unknown("AWS did not tell whether the audit log is on.");
    if (audit) return pass("The audit log goes to CloudWatch.");
    return fail("The audit log is off.", { auditLog: audit });
  },
});
