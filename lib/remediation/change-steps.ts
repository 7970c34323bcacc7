import { engineDisplayName } from "@/lib/domain/engine-version";
import type { PlannedStep } from "@/lib/domain/plan";
import { rebootInterruption } from "@/lib/reference/interruptions";
import { pendingChanges } from "@/lib/remediation/done-condition";
import { awsCommand, rebootCommand, updateBroker } from "@/lib/remediation/snippets";
import {
  brokerShows,
  findingsOf,
  GUIDE,
  idsOf,
  observed,
  type PlannedFinding,
  type Planning,
  snippetBroker,
  step,
} from "@/lib/remediation/step-base";

/** Rules whose findings a new revision of the broker's configuration puts right, and what has to stand in it. */
const CONFIGURATION_RULES: Readonly<Record<string, string>> = {
  "configuration-current": "Take over the newest revision of the configuration.",
  "authorization-map-configured":
    "Add an <authorizationMap> that says who may read, write and administer which destinations.",
  "no-password-in-configuration": "Take passwords out of <networkConnector> elements; keep the user name alone.",
  "mesh-messages-flow-both-ways": "Make the connector duplex, or add one on the other broker.",
  "mesh-without-articulation-broker": "Add a connector that goes round the broker on which the network hangs.",
  "mesh-connectors-connected": "Correct the connector's address or user; both ends have to reach each other.",
  "mesh-connector-users-exist": "Name a user that exists on both brokers, or create it there.",
  "production-broker-in-mesh": "Add <networkConnectors> to production brokers in other zones.",
  "production-central-authentication": "Configure LDAP or OAuth 2.0 and switch the authentication strategy.",
};
export const CONFIGURATION_RULE_IDS = Object.keys(CONFIGURATION_RULES);
const LOG_RULES = ["general-logs-enabled", "audit-logs-enabled"];
/** Rules whose steps leave a change that only a reboot applies. */
const PENDING_RULES = ["no-pending-changes"];

/** Switches automatic minor version upgrades on: applied at once, and before any hop that demands it, in an update of its own. */
export function autoMinorStep(planning: Planning, needed: boolean): PlannedStep | null {
  const { broker } = planning;
  const findings = findingsOf(planning, "auto-minor-upgrade-enabled");
  if (!needed && findings.length === 0) return null;
  return step({
    key: "auto-minor-upgrade",
    kind: "setting",
    title: "Turn automatic minor version upgrades on",
    instructions:
      "In an update of its own: together with a version that demands it AWS refuses it. From then on AWS installs patches in maintenance windows.",
    effortHours: 0.5,
    done: observed(brokerShows("autoMinorVersionUpgrade", "equals", true)),
    snippets: updateBroker(snippetBroker(broker), {
      cli: [["auto-minor-version-upgrade", true]],
      terraform: { auto_minor_version_upgrade: true },
      cloudFormation: { AutoMinorVersionUpgrade: true },
    }),
    rollBack: "Turn it off again, where the engine version does not demand it.",
    findingIds: idsOf(findings),
    source: `${GUIDE}/upgrading-brokers.html`,
  });
}

/** A revision of the configuration with everything its findings ask for, set on the broker. Applied by the reboot that follows. */
export function configurationStep(planning: Planning): PlannedStep | null {
  const { broker } = planning;
  const findings = findingsOf(planning, ...CONFIGURATION_RULE_IDS);
  if (findings.length === 0) return null;
  const { configuration } = broker.attributes;
  const current = configuration?.current ?? null;
  const latest = broker.facts?.latestRevision?.revision ?? null;
  const onlyNewest = findings.every(({ ruleId }) => ruleId === "configuration-current");
  const revision = onlyNewest && latest ? latest : Math.max(current?.revision ?? 0, latest ?? 0) + 1;
  const asked = [...new Set(findings.map(({ ruleId }) => CONFIGURATION_RULES[ruleId] ?? ""))];
  const id = current?.id ?? null;
  const settings = id === null ? null : { configuration: { id, revision } };
  return step({
    key: "configuration-revision",
    kind: "configuration",
    title: onlyNewest
      ? `Set revision ${revision} of the configuration`
      : "Write a new configuration revision and set it",
    instructions: `${asked.join(" ")} The revision becomes pending; a reboot or the next maintenance window applies it.`,
    effortHours: onlyNewest ? 1 : 4,
    done: observed(brokerShows("configurationRevision", "at-least", revision)),
    snippets: {
      ...updateBroker(snippetBroker(broker), {
        cli: [["configuration", id === null ? null : `Id=${id},Revision=${revision}`]],
        terraform: settings,
        cloudFormation: id === null ? null : { Configuration: { Id: id, Revision: revision } },
      }),
      awsCli: [
        ...(onlyNewest || id === null
          ? []
          : [
              awsCommand("mq update-configuration", [
                ["region", broker.region],
                ["configuration-id", id],
                ["description", "MQ Steward plan"],
                ["data", "file://configuration.b64"],
              ]),
              "",
            ]),
        awsCommand("mq update-broker", [
          ["region", broker.region],
          ["broker-id", broker.brokerId],
          [
            "configuration",
            id === null ? "Id=<configuration id>,Revision=<revision>" : `Id=${id},Revision=${revision}`,
          ],
        ]),
      ].join("\n"),
    },
    rollBack: current
      ? `Set revision ${current.revision} of ${current.id} again and reboot; revisions stay in AWS.`
      : "Set the former revision again and reboot; revisions stay in AWS.",
    findingIds: idsOf(findings),
    source: `${GUIDE}/amazon-mq-creating-applying-configurations.html`,
  });
}

/** Logs to CloudWatch; AWS applies it with a reboot. */
export function logsStep(planning: Planning): PlannedStep | null {
  const { broker } = planning;
  const findings = findingsOf(planning, ...LOG_RULES);
  if (findings.length === 0) return null;
  const rabbit = broker.attributes.engine === "RABBITMQ";
  const audit = !rabbit && findings.some(({ ruleId }) => ruleId === "audit-logs-enabled");
  const general =
    findings.some(({ ruleId }) => ruleId === "general-logs-enabled") || (broker.attributes.logs?.general ?? false);
  const logs = { general, ...(rabbit ? {} : { audit: audit || (broker.attributes.logs?.audit ?? false) }) };
  const checks = [
    ...(findings.some(({ ruleId }) => ruleId === "general-logs-enabled")
      ? [brokerShows("generalLogs", "equals", true)]
      : []),
    ...(audit ? [brokerShows("auditLogs", "equals", true)] : []),
  ];
  const [first, ...rest] = checks;
  return step({
    key: "logs",
    kind: "setting",
    title: `Send ${[general && "general", audit && "audit"].filter(Boolean).join(" and ")} logs to CloudWatch`,
    instructions: `${engineDisplayName(broker.attributes.engine ?? "")} sends them after the next reboot. CloudWatch Logs needs a resource policy that lets mq.amazonaws.com write; CloudWatch charges for what is stored.`,
    effortHours: 1,
    done: first ? observed(first, ...rest) : { kind: "attestation", statement: "Logs are sent to CloudWatch." },
    snippets: updateBroker(snippetBroker(broker), {
      cli: [
        [
          "logs",
          Object.entries(logs)
            .map(([name, on]) => `${name === "general" ? "General" : "Audit"}=${on}`)
            .join(","),
        ],
      ],
      terraform: { logs },
      cloudFormation: {
        Logs: {
          General: logs.general,
          ...(rabbit ? {} : { Audit: audit || (broker.attributes.logs?.audit ?? false) }),
        },
      },
    }),
    rollBack: "Switch the logs off again; it takes another reboot.",
    findingIds: idsOf(findings),
    source: `${GUIDE}/security-logging-monitoring.html`,
  });
}

/** A reboot that applies what waits, in a window; null where nothing waits and no step before leaves something. */
export function rebootStep(planning: Planning, before: readonly string[]): PlannedStep | null {
  const { broker } = planning;
  const findings = findingsOf(planning, ...PENDING_RULES);
  const waiting = pendingChanges(broker.attributes) ?? 0;
  if (findings.length === 0 && before.length === 0) return null;
  return step({
    key: "reboot",
    kind: "reboot",
    title: "Reboot to apply what is pending",
    instructions: `${waiting > 0 ? `${waiting} ${waiting === 1 ? "change waits" : "changes wait"} now. ` : ""}AWS applies them in the next maintenance window by itself; a reboot in it makes the moment yours.`,
    inWindow: true,
    interruption: rebootInterruption(broker.attributes.deploymentMode, false),
    effortHours: 1,
    done: observed(brokerShows("pendingChanges", "equals", 0)),
    snippets: { awsCli: rebootCommand(snippetBroker(broker)), terraform: null, cloudFormation: null },
    rollBack: "Undo the change that was applied, and reboot again.",
    dependsOn: before,
    findingIds: idsOf(findings),
    source: `${GUIDE}/amazon-mq-rebooting-broker.html`,
  });
}

/** A maintenance window at another time: applied at once, without a reboot. */
export function windowStep(planning: Planning): PlannedStep | null {
  const { broker } = planning;
  const findings: readonly PlannedFinding[] = findingsOf(
    planning,
    "maintenance-outside-business-hours",
    "mesh-maintenance-windows-differ",
  );
  if (findings.length === 0) return null;
  const [first, ...rest] = [...new Set(findings.map(({ ruleId }) => ruleId))].map((id) =>
    brokerShows(`rule:${id}`, "equals", "pass"),
  );
  const now = broker.attributes.maintenanceWindow;
  const { timeZone } = now ?? { timeZone: "UTC" };
  const chosen = { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone };
  return step({
    key: "maintenance-window",
    kind: "setting",
    title: "Move the maintenance window",
    instructions: `${now ? `It is ${now.dayOfWeek} ${now.timeOfDay} ${now.timeZone} now. ` : ""}The snippets name Sunday 03:00 as an example: take an hour outside business hours that no peer of the network has. AWS allows four moves between two windows.`,
    effortHours: 0.5,
    done: first ? observed(first, ...rest) : { kind: "attestation", statement: "The window was moved." },
    snippets: updateBroker(snippetBroker(broker), {
      cli: [
        [
          "maintenance-window-start-time",
          `DayOfWeek=${chosen.dayOfWeek},TimeOfDay=${chosen.timeOfDay},TimeZone=${timeZone}`,
        ],
      ],
      terraform: {
        maintenance_window_start_time: {
          day_of_week: chosen.dayOfWeek,
          time_of_day: chosen.timeOfDay,
          time_zone: timeZone,
        },
      },
      cloudFormation: {
        MaintenanceWindowStartTime: { DayOfWeek: chosen.dayOfWeek, TimeOfDay: chosen.timeOfDay, TimeZone: timeZone },
      },
    }),
    rollBack: now ? `Set ${now.dayOfWeek} ${now.timeOfDay} ${now.timeZone} again.` : "Set the former window again.",
    findingIds: idsOf(findings),
    source: `${GUIDE}/maintaining-brokers.html`,
  });
}
