import { NOT_OF_SUBJECT } from "@/lib/domain/finding-subject";

/** Words for codes of the API. A code nobody knows yet is shown as it is. */
const ENGINES: Readonly<Record<string, string>> = {
  ACTIVEMQ: "ActiveMQ",
  RABBITMQ: "RabbitMQ",
  [NOT_OF_SUBJECT]: "–",
};
const REGIONS: Readonly<Record<string, string>> = { [NOT_OF_SUBJECT]: "–" };
const DEPLOYMENT_MODES: Readonly<Record<string, string>> = {
  SINGLE_INSTANCE: "Single instance",
  ACTIVE_STANDBY_MULTI_AZ: "Active/standby",
  CLUSTER_MULTI_AZ: "Cluster",
};
const PRESENCES: Readonly<Record<string, string>> = {
  "in-scope": "In scope",
  replica: "Replica",
  gone: "Gone",
  "not-in-service": "Not in service",
};
const ENVIRONMENT_SOURCES: Readonly<Record<string, string>> = {
  tag: "from a tag",
  "account-default": "the account's default",
  none: "no tag says",
};
const OWNER_SOURCES: Readonly<Record<string, string>> = {
  assignment: "assigned here",
  tag: "from a tag",
  "account-default": "the account's default",
};
const COST_BASES: Readonly<Record<string, string>> = {
  billed: "Billed for this broker",
  allocated: "Its share of the account's bill",
  ambiguous: "A share that could not be proved",
};
const COST_SOURCES: Readonly<Record<string, string>> = {
  cur: "Cost and Usage Report",
  focus: "FOCUS export",
  "cost-explorer": "Cost Explorer, by usage type and account",
  "cost-explorer-resources": "Cost Explorer, by resource",
};
const CATEGORIES: Readonly<Record<string, string>> = { "life-cycle": "Lifecycle" };
const SUPPORT: Readonly<Record<string, string>> = {
  supported: "Supported",
  ending: "Ending",
  "past-end-of-support": "Past end of support",
  unknown: "Unknown",
};
const SUPPORT_STAGES: Readonly<Record<string, string>> = {
  notice: "notice period",
  "create-blocked": "new brokers are refused",
  "forced-upgrade-window": "AWS may upgrade it in any maintenance window",
  overdue: "overdue",
};

const of = (labels: Readonly<Record<string, string>>) => (code: string) => labels[code] ?? code;

/** Engine and region of what a finding is about: an account has no engine, and most of its findings no region. */
export const engineLabel = of(ENGINES);
export const regionLabel = of(REGIONS);
export const deploymentModeLabel = of(DEPLOYMENT_MODES);
export const presenceLabel = of(PRESENCES);
export const environmentSourceLabel = of(ENVIRONMENT_SOURCES);
export const ownerSourceLabel = of(OWNER_SOURCES);
export const costBasisLabel = of(COST_BASES);
export const costSourceLabel = of(COST_SOURCES);
export const supportLabel = of(SUPPORT);
export const supportStageLabel = of(SUPPORT_STAGES);

/** The bases of an amount in words; several are separated by commas: "allocated, ambiguous". */
export function costBasesLabel(bases: string): string {
  const [first = "", ...others] = bases.split(/,\s*/).map(costBasisLabel);
  return [first, ...others.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join("; ");
}

/** "in-progress" -> "In progress", "CREATION_IN_PROGRESS" -> "Creation in progress". */
export function sentenceCase(code: string): string {
  const words = code.replace(/[-_]+/g, " ").trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A category of rules in words. */
export function categoryLabel(category: string): string {
  return CATEGORIES[category] ?? sentenceCase(category);
}

/** Account for reading: its name and id, or the id alone. */
export function accountLabel(accountId: string, name: string | null): string {
  return name ? `${name} (${accountId})` : accountId;
}

/** An attribute's name in words: "engineVersion" -> "Engine version". */
export function attributeLabel(attribute: string): string {
  return sentenceCase(attribute.replace(/([a-z0-9])([A-Z])/g, "$1 $2"))
    .replace(/\bamazon mq\b/i, "Amazon MQ")
    .replace(/\b(?:arn|aws|cidr|cpu|cve|dns|ebs|efs|kms|ldap|tls|url|vpc)\b/gi, (word) => word.toUpperCase());
}
