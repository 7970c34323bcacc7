import { autoMinorMandated, engineDisplayName } from "@/lib/domain/engine-version";
import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const autoMinorUpgradeEnabled = defineRule({
  id: "auto-minor-upgrade-enabled",
  version: 1,
  title: "Automatic minor version upgrades are on",
  severity: "medium",
  category: "life-cycle",
  rationale:
    "With automatic minor version upgrades AWS installs patches, security fixes included, in the broker's weekly maintenance window. From ActiveMQ " +
    "5.18 and RabbitMQ 3.13 on AWS demands the setting and manages patches itself, so there being on says nothing about the owner's choice; " +
    "off is found on older lines, where it also blocks the upgrade to a newer one.",
  remediation:
    "Turn it on (aws mq update-broker --broker-id <id> --auto-minor-version-upgrade), in an update of its own, before any version upgrade. It " +
    "needs no reboot. See that the maintenance window suits the applications: patches are installed, and the broker rebooted, in it.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Upgrading an Amazon MQ broker engine version",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html",
    },
    { kind: "security-hub", id: "MQ.3" },
    { kind: "config", id: "MQ_AUTO_MINOR_VERSION_UPGRADE_ENABLED" },
    { kind: "config", id: "MQ_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED" },
    { kind: "prowler", id: "mq_broker_auto_minor_version_upgrades" },
    { kind: "checkov", id: "CKV_AWS_207" },
    { kind: "conformity", id: "auto-minor-version-upgrade" },
    { kind: "powerpipe", id: "mq_broker_auto_minor_version_upgrade_enabled" },
    { kind: "powerpipe", id: "mq_broker_automatic_minor_upgrade_enabled" },
    { kind: "other", id: "Tenable AC_AWS_0179" },
    { kind: "other", id: "CloudSploit mqAutoMinorVersionUpgrade" },
    { kind: "other", id: "ElectricEye AmazonMQ.5" },
  ],
  // The version only says whether AWS demands the setting: without it there still is an answer.
  needs: ["autoMinorVersionUpgrade"],
  judges: ["autoMinorVersionUpgrade"],
  replicas: "judged",
  examples: [
    { title: "on, demanded by AWS (ActiveMQ 5.18)", expect: "pass" },
    { title: "on, by choice (ActiveMQ 5.17)", attributes: { engineVersion: "5.17.6" }, expect: "pass" },
    { title: "on, version never described", withhold: ["engineVersion"], expect: "pass" },
    {
      title: "off on an older line",
      attributes: { engine: "RABBITMQ", engineVersion: "3.12.13", autoMinorVersionUpgrade: false },
      expect: "fail",
    },
    { title: "off where AWS demands it", attributes: { autoMinorVersionUpgrade: false }, expect: "fail" },
    { title: "still being created", attributes: { state: "CREATION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "never described", withhold: ["autoMinorVersionUpgrade"], expect: "unknown" },
    { title: "AWS did not say", attributes: { autoMinorVersionUpgrade: null }, expect: "unknown" },
  ],
  evaluate(broker) {
    const { autoMinorVersionUpgrade, engine, engineVersion } = broker.attributes;
    if (autoMinorVersionUpgrade === null) return unknown("AWS did not tell whether automatic upgrades are on.");
    const mandated = engine && engineVersion ? autoMinorMandated(engine, engineVersion) : null;
    const product = [engine ? engineDisplayName(engine) : "The broker", engineVersion ?? ""].join(" ").trim();
    if (autoMinorVersionUpgrade) {
      if (mandated === null) return pass("On; whether AWS demands it on this version is not known.");
      return pass(mandated ? `On, as AWS demands for ${product}.` : `On by the owner's choice (${product}).`);
    }
    return fail(
      mandated
        ? `Off, although AWS demands it for ${product}; an upgrade is refused until it is on.`
        : `Off: ${product} gets no patches unless somebody installs them.`,
      { autoMinorVersionUpgrade, engineVersion: engineVersion ?? null, mandatedByAws: mandated },
    );
  },
});
