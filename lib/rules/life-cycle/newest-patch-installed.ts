import { engineDisplayName, engineLine } from "@/lib/domain/engine-version";
import { patchStatus } from "@/lib/lifecycle/newer-patch";
import { OFFERED_VERSIONS_COLLECTED_ON } from "@/lib/reference/engine-versions";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const newestPatchInstalled = defineRule({
  id: "newest-patch-installed",
  version: 1,
  title: "Brokers run the newest patch of their line",
  severity: "medium",
  category: "life-cycle",
  rationale:
    "Patches of a line bring fixes without new behaviour. On older lines nobody installs them but the owner, unless automatic minor upgrades are on: " +
    "a broker that lags behind lacks fixes that cost one maintenance window.",
  remediation:
    "Turn automatic minor version upgrades on, or upgrade to the newest patch (aws mq update-broker --broker-id <id> --engine-version <version>); it is " +
    "applied with a reboot, at once or in the maintenance window.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "Amazon MQ release notes",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-release-notes.html",
    },
    { kind: "checkov", id: "CKV_AWS_208" },
    { kind: "powerpipe", id: "mq_broker_currect_broker_version" },
    { kind: "other", id: "CloudSploit mqLatestEngineVersion" },
  ],
  needs: ["engine", "engineVersion"],
  judges: ["engineVersion"],
  replicas: "judged",
  basis: () => ({ releaseNotes: OFFERED_VERSIONS_COLLECTED_ON }),
  examples: [
    { title: "newest patch of an older line", attributes: { engineVersion: "5.17.6" }, expect: "pass" },
    { title: "older patch", attributes: { engineVersion: "5.17.3" }, expect: "fail" },
    {
      title: "the same before the newer one came out",
      attributes: { engineVersion: "5.17.3" },
      today: "2023-10-25",
      expect: "pass",
    },
    {
      title: "older RabbitMQ patch",
      attributes: { engine: "RABBITMQ", engineVersion: "3.11.20" },
      expect: "fail",
    },
    { title: "patches managed by AWS", attributes: { engineVersion: "5.18.4" }, expect: "not-applicable" },
    { title: "never described", withhold: ["engineVersion"], expect: "unknown" },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
  ],
  evaluate({ attributes: { engine, engineVersion } }, { today }) {
    if (engineVersion === null) return unknown("AWS did not tell the engine version.");
    const status = patchStatus({ engine, version: engineVersion, on: today });
    const name = `${engineDisplayName(engine)} ${engineLine(engineVersion) ?? engineVersion}`;
    switch (status.state) {
      case "managed-by-aws":
        return notApplicable(`AWS chooses and installs the patches of ${name} in the maintenance window.`);
      case "newest":
        return pass(
          `${engineVersion} is the newest patch of ${name} in the release notes (as of ${OFFERED_VERSIONS_COLLECTED_ON}).`,
        );
      case "unknown":
        return unknown(`Whether there is a newer patch is not known: ${status.reason}.`);
      case "newer-offered":
        return fail(`${name} runs ${engineVersion}; ${status.newest} is offered since ${status.offeredOn}.`, {
          engine,
          engineVersion,
          newestPatch: status.newest,
          offeredOn: status.offeredOn,
          source: status.source,
        });
    }
  },
});
