import { meshConnectorUsersExist } from "@/lib/rules/availability/mesh-connector-users-exist";
import { meshConnectorsConnected } from "@/lib/rules/availability/mesh-connectors-connected";
import { meshEngineVersionsEqual } from "@/lib/rules/availability/mesh-engine-versions-equal";
import { meshMaintenanceWindowsDiffer } from "@/lib/rules/availability/mesh-maintenance-windows-differ";
import { meshMessagesFlowBothWays } from "@/lib/rules/availability/mesh-messages-flow-both-ways";
import { meshSpansZones } from "@/lib/rules/availability/mesh-spans-zones";
import { meshSurvivesLargestLoss } from "@/lib/rules/availability/mesh-survives-largest-loss";
import { meshWithoutArticulationBroker } from "@/lib/rules/availability/mesh-without-articulation-broker";
import { productionBrokerInMesh } from "@/lib/rules/availability/production-broker-in-mesh";
import { productionHighlyAvailable } from "@/lib/rules/availability/production-highly-available";
import { productionNotEvaluationSize } from "@/lib/rules/availability/production-not-evaluation-size";
import { singleInstanceStorageDurable } from "@/lib/rules/availability/single-instance-storage-durable";
import type { Rule } from "@/lib/rules/define-rule";
import type { SubjectRule } from "@/lib/rules/define-subject-rule";
import { autoMinorUpgradeEnabled } from "@/lib/rules/life-cycle/auto-minor-upgrade-enabled";
import { criticalFixesInstalled } from "@/lib/rules/life-cycle/critical-fixes-installed";
import { engineVersionSupported } from "@/lib/rules/life-cycle/engine-version-supported";
import { freeOfKnownAdvisories } from "@/lib/rules/life-cycle/free-of-known-advisories";
import { instanceTypeSupported } from "@/lib/rules/life-cycle/instance-type-supported";
import { newestPatchInstalled } from "@/lib/rules/life-cycle/newest-patch-installed";
import { upgradePathOpen } from "@/lib/rules/life-cycle/upgrade-path-open";
import { brokersPerRegionBelowQuota } from "@/lib/rules/operations/brokers-per-region-below-quota";
import { configurationCurrent } from "@/lib/rules/operations/configuration-current";
import { configurationInUse } from "@/lib/rules/operations/configuration-in-use";
import { connectionsBelowLimit } from "@/lib/rules/operations/connections-below-limit";
import { generalLogsEnabled } from "@/lib/rules/operations/general-logs-enabled";
import { maintenanceOutsideBusinessHours } from "@/lib/rules/operations/maintenance-outside-business-hours";
import { noPendingActionRequired } from "@/lib/rules/operations/no-pending-action-required";
import { noPendingChanges } from "@/lib/rules/operations/no-pending-changes";
import { queuesBelowLimit } from "@/lib/rules/operations/queues-below-limit";
import { storageBelowLimit } from "@/lib/rules/operations/storage-below-limit";
import { accountHasDefaultOwner } from "@/lib/rules/ownership/account-has-default-owner";
import { environmentClassified } from "@/lib/rules/ownership/environment-classified";
import { ownerAssigned } from "@/lib/rules/ownership/owner-assigned";
import { ownerVerified } from "@/lib/rules/ownership/owner-verified";
import { requiredTagsPresent } from "@/lib/rules/ownership/required-tags-present";
import { auditLogsEnabled } from "@/lib/rules/security/audit-logs-enabled";
import { authorizationMapConfigured } from "@/lib/rules/security/authorization-map-configured";
import { brokerNotPublic } from "@/lib/rules/security/broker-not-public";
import { consoleAccessLimited } from "@/lib/rules/security/console-access-limited";
import { customerManagedKey } from "@/lib/rules/security/customer-managed-key";
import { ldapDirectoryRedundant } from "@/lib/rules/security/ldap-directory-redundant";
import { noDefaultUsers } from "@/lib/rules/security/no-default-users";
import { noPasswordInConfiguration } from "@/lib/rules/security/no-password-in-configuration";
import { productionCentralAuthentication } from "@/lib/rules/security/production-central-authentication";
import { securityGroupsNarrow } from "@/lib/rules/security/security-groups-narrow";

/** Every rule about brokers, in the order in which pages list them. A new rule is a file, a test and a line here; nothing else needs to know. */
export const RULES: readonly Rule[] = [
  engineVersionSupported,
  instanceTypeSupported,
  freeOfKnownAdvisories,
  criticalFixesInstalled,
  newestPatchInstalled,
  autoMinorUpgradeEnabled,
  upgradePathOpen,
  productionHighlyAvailable,
  productionNotEvaluationSize,
  singleInstanceStorageDurable,
  productionBrokerInMesh,
  meshConnectorsConnected,
  meshConnectorUsersExist,
  meshWithoutArticulationBroker,
  meshSpansZones,
  meshMessagesFlowBothWays,
  meshMaintenanceWindowsDiffer,
  meshEngineVersionsEqual,
  meshSurvivesLargestLoss,
  brokerNotPublic,
  securityGroupsNarrow,
  noPasswordInConfiguration,
  noDefaultUsers,
  auditLogsEnabled,
  authorizationMapConfigured,
  consoleAccessLimited,
  productionCentralAuthentication,
  ldapDirectoryRedundant,
  customerManagedKey,
  noPendingActionRequired,
  noPendingChanges,
  storageBelowLimit,
  connectionsBelowLimit,
  queuesBelowLimit,
  maintenanceOutsideBusinessHours,
  configurationCurrent,
  generalLogsEnabled,
  ownerAssigned,
  ownerVerified,
  environmentClassified,
  requiredTagsPresent,
];

/** Every rule about accounts and configurations, in the order in which pages list them. */
export const SUBJECT_RULES: readonly SubjectRule[] = [
  brokersPerRegionBelowQuota,
  configurationInUse,
  accountHasDefaultOwner,
];

export type AnyRule = Rule | SubjectRule;

/** All of them. */
export const ALL_RULES: readonly AnyRule[] = [...RULES, ...SUBJECT_RULES];

const byId = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for one that was retired or never was. */
export function findRule(id: string): AnyRule | undefined {
  return byId.get(id);
}

/** What a rule is about. */
export function subjectTypeOf(rule: AnyRule): "broker" | SubjectRule["subject"] {
  return "subject" in rule ? rule.subject : "broker";
}
