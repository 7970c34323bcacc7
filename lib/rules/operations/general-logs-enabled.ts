import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const generalLogsEnabled = defineRule({
  id: "general-logs-enabled",
  version: 1,
  title: "General logs are sent to CloudWatch",
  severity: "low",
  category: "operations",
  rationale:
    "The general log of the broker is the only place where refused connections, alarms, fail-overs and configuration errors can be read; AWS gives " +
    "no other access to the machine. Without it an incident cannot be explained afterwards.",
  remediation:
    "Turn the general log on (aws mq update-broker --broker-id <id> --logs General=true). ActiveMQ applies it at the next reboot or maintenance " +
    "window. The caller needs logs:CreateLogGroup, and CloudWatch needs a resource policy that lets Amazon MQ write.",
  references: [
    {
      kind: "aws",
      id: "Configuring Amazon MQ logs",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring.html",
    },
    { kind: "config", id: "MQ_BROKER_GENERAL_LOGGING_ENABLED" },
    { kind: "prowler", id: "mq_broker_logging_enabled" },
    { kind: "checkov", id: "CKV_AWS_48" },
    { kind: "trivy", id: "AWS-0071" },
    { kind: "conformity", id: "log-exports" },
    { kind: "powerpipe", id: "mq_broker_general_logging_enabled" },
    { kind: "other", id: "KICS 31245f98" },
    { kind: "other", id: "KICS e519ed6a" },
    { kind: "other", id: "Terrascan AC_AWS_0174" },
    { kind: "other", id: "CloudSploit mqLogExports" },
    { kind: "other", id: "ElectricEye AmazonMQ.3" },
    { kind: "other", id: "Datadog IaC mq_broker_logging_disabled" },
  ],
  needs: ["logs"],
  judges: ["logs"],
  replicas: "judged",
  examples: [
    { title: "ActiveMQ with the general log on", expect: "pass" },
    { title: "RabbitMQ with the general log on", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    {
      title: "general log off",
      attributes: { logs: { general: false, audit: true, generalLogGroup: null, auditLogGroup: null } },
      expect: "fail",
    },
    {
      title: "RabbitMQ with the general log off",
      attributes: {
        engine: "RABBITMQ",
        logs: { general: false, audit: null, generalLogGroup: null, auditLogGroup: null },
      },
      expect: "fail",
    },
    { title: "creation failed", attributes: { state: "CREATION_FAILED" }, expect: "not-applicable" },
    { title: "never described", withhold: ["logs"], expect: "unknown" },
    { title: "AWS sent no log settings", attributes: { logs: null }, expect: "unknown" },
  ],
  evaluate(broker) {
    const general = broker.attributes.logs?.general ?? null;
    if (general === null) return unknown("AWS did not tell whether the general log is on.");
    if (general) return pass("The general log goes to CloudWatch.");
    return fail("The general log is off.", { generalLog: general });
  },
});
