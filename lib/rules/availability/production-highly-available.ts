import { isHighlyAvailable } from "@/lib/domain/broker";
import { engineDisplayName } from "@/lib/domain/engine-version";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

/** Which brokers count as production is decided by the classification: unclassified ones do, unless a setting says otherwise. */
export const productionHighlyAvailable = defineRule({
  id: "production-highly-available",
  version: 1,
  title: "Production brokers are highly available",
  severity: "high",
  category: "availability",
  rationale:
    "A single-instance broker runs on one node in one Availability Zone: a failure of either, and every maintenance window, takes down all " +
    "applications behind it. An ActiveMQ active/standby pair or a RabbitMQ cluster of three nodes survives both.",
  remediation:
    "The deployment mode of a broker cannot be changed. Create a replacement: ActiveMQ as ACTIVE_STANDBY_MULTI_AZ, RabbitMQ as " +
    "CLUSTER_MULTI_AZ, with the same configuration and users. Point clients to it through their fail-over connection strings, drain the old " +
    "broker and delete it. If the broker is not production, give it the environment tag that says so.",
  references: [
    { kind: "seed", id: "001" },
    {
      kind: "aws",
      id: "Active/standby brokers",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/active-standby-broker-deployment.html",
    },
    {
      kind: "aws",
      id: "RabbitMQ cluster deployment",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-broker-architecture-cluster.html",
    },
    { kind: "security-hub", id: "MQ.5" },
    { kind: "security-hub", id: "MQ.6" },
    { kind: "config", id: "MQ_ACTIVE_DEPLOYMENT_MODE" },
    { kind: "config", id: "MQ_RABBIT_DEPLOYMENT_MODE" },
    { kind: "prowler", id: "mq_broker_active_deployment_mode" },
    { kind: "prowler", id: "mq_broker_cluster_deployment_mode" },
    { kind: "control-tower", id: "CT.MQ.PR.1" },
    { kind: "control-tower", id: "CT.MQ.PR.2" },
    { kind: "trusted-advisor", id: "c1t3k8mqv1" },
    { kind: "trusted-advisor", id: "c1t3k8mqv2" },
    { kind: "conformity", id: "MQ-003" },
    { kind: "other", id: "CloudSploit mqDeploymentMode" },
    { kind: "other", id: "Cloudaware activemq-broker-deployment-mode" },
  ],
  // Without tags nobody knows whether the broker is production, and to call it unclassified would be a guess.
  needs: ["engine", "deploymentMode", "tags"],
  judges: ["deploymentMode"],
  replicas: { notApplicable: "A replica of cross-region replication is itself the second leg; its primary is judged." },
  basis: (broker) => ({
    environment: broker.environment.environment,
    countsAsProduction: broker.environment.countsAsProduction,
  }),
  examples: [
    { title: "ActiveMQ pair in production", attributes: { engine: "ACTIVEMQ" }, expect: "pass" },
    { title: "RabbitMQ cluster in production", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    {
      title: "single ActiveMQ instance in production",
      attributes: { deploymentMode: "SINGLE_INSTANCE" },
      expect: "fail",
    },
    {
      title: "single RabbitMQ node in production",
      attributes: { engine: "RABBITMQ", deploymentMode: "SINGLE_INSTANCE" },
      expect: "fail",
    },
    {
      title: "single instance that nobody classified",
      attributes: { deploymentMode: "SINGLE_INSTANCE", tags: { owner: "payments" } },
      expect: "fail",
    },
    {
      title: "single instance tagged development in an account whose default is production",
      attributes: { deploymentMode: "SINGLE_INSTANCE", tags: { environment: "dev" } },
      accountDefaultEnvironment: "production",
      expect: "fail",
    },
    {
      title: "single instance in development",
      attributes: { deploymentMode: "SINGLE_INSTANCE", tags: { environment: "dev" } },
      expect: "not-applicable",
    },
    { title: "replica", attributes: { state: "REPLICA", deploymentMode: "SINGLE_INSTANCE" }, expect: "not-applicable" },
    { title: "tags never read", withhold: ["tags"], expect: "unknown" },
    { title: "deployment mode that AWS did not tell", attributes: { deploymentMode: null }, expect: "unknown" },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
  ],
  evaluate(broker) {
    const { engine, deploymentMode } = broker.attributes;
    const { environment, source, key, rawValue, countsAsProduction, conflictWithAccountDefault } = broker.environment;
    if (!countsAsProduction) return notApplicable(`The broker is not production, but ${environment}.`);
    const available = isHighlyAvailable(engine, deploymentMode);
    if (available === null) {
      return unknown(
        deploymentMode === null
          ? "AWS did not tell the deployment mode."
          : `Which deployment modes of ${engineDisplayName(engine)} are highly available is not known.`,
      );
    }
    if (available) return pass(`Production broker in deployment mode ${deploymentMode}.`);
    const why =
      environment === "unclassified"
        ? "nothing says what the broker is for, so it counts as production"
        : conflictWithAccountDefault
          ? `tagged ${environment}, but its account is production, so it counts as production`
          : "production";
    return fail(`${engineDisplayName(engine)} broker in deployment mode ${deploymentMode} (${why}).`, {
      engine,
      deploymentMode,
      requiredMode: engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : "ACTIVE_STANDBY_MULTI_AZ",
      environment,
      environmentSource: source,
      environmentTag: key === null ? null : `${key}=${rawValue ?? ""}`,
      unclassified: environment === "unclassified",
      conflictWithAccountDefault,
    });
  },
});
