import { SUGGESTED_ROLE_NAME } from "@/lib/contracts/accounts";

/** One AWS action the program calls. */
export interface PolicyAction {
  /** As IAM writes it, e.g. `mq:ListBrokers`. */
  action: string;
  /** What it is for, in words for the person who is asked to allow it. */
  reason: string;
  /** `account`: needed in every account that is read. `home`: needed where MQ Steward runs, to reach other accounts. */
  where: "account" | "home";
}

/**
 * What an administrator may add for a channel of notifications: the only action that changes anything in AWS, in none of the policies below. Allow it on
 * the one topic, to the identity that MQ Steward runs with.
 */
export const NOTIFICATION_ACTION = "sns:Publish";

/**
 * Every AWS operation the program calls to read. A test compares this list with the operations named in the code, both ways. Actions that
 * an account cannot or will not allow cost only their own source: the sync goes on and says what is missing.
 */
export const POLICY_ACTIONS: readonly PolicyAction[] = [
  {
    action: "sts:GetCallerIdentity",
    reason: "Shows which account and role the credentials belong to. AWS allows it to everybody.",
    where: "account",
  },
  { action: "mq:ListBrokers", reason: "Finds the brokers of a region.", where: "account" },
  {
    action: "mq:DescribeBroker",
    reason:
      "Reads version, deployment mode, network, logs, maintenance window and tags of a broker. Names of users, never passwords.",
    where: "account",
  },
  {
    action: "mq:DescribeConfigurationRevision",
    reason: "Reads broker configurations: networks of brokers, destination policies.",
    where: "account",
  },
  {
    action: "mq:ListConfigurations",
    reason: "Finds configurations that no broker uses, and the newest revision of each.",
    where: "account",
  },
  {
    action: "mq:DescribeUser",
    reason: "Reads which users of ActiveMQ brokers may sign in to the web console, and their groups. Never passwords.",
    where: "account",
  },
  {
    action: "mq:DescribeBrokerEngineTypes",
    reason: "Reads which engine versions Amazon MQ offers today.",
    where: "account",
  },
  {
    action: "mq:DescribeBrokerInstanceOptions",
    reason: "Reads which instance types, storage types and deployment modes are offered.",
    where: "account",
  },
  {
    action: "ec2:DescribeSubnets",
    reason: "Finds the availability zones of brokers: two in the same zone fail together.",
    where: "account",
  },
  {
    action: "ec2:DescribeSecurityGroups",
    reason: "Reads which ports of brokers are open to which addresses.",
    where: "account",
  },
  {
    action: "cloudtrail:LookupEvents",
    reason: "Shows who created, changed, rebooted or deleted a broker, and when, for the last 90 days.",
    where: "account",
  },
  {
    action: "health:DescribeEvents",
    reason:
      "Reads AWS's own notices about Amazon MQ: issues, scheduled changes, notifications (needs a support plan that has the API).",
    where: "account",
  },
  {
    action: "health:DescribeAffectedEntities",
    reason: "Tells which brokers such a notice is about.",
    where: "account",
  },
  {
    action: "cloudwatch:GetMetricData",
    reason: "Reads load, storage and connection metrics of brokers ($0.01 per 1,000 metrics).",
    where: "account",
  },
  {
    action: "pricing:GetProducts",
    reason: "Reads today's list prices of Amazon MQ, once a week; without it the shipped list is used.",
    where: "account",
  },
  {
    action: "ce:GetDimensionValues",
    reason: "Finds the name Cost Explorer uses for Amazon MQ ($0.01 per request).",
    where: "account",
  },
  {
    action: "ce:GetCostAndUsage",
    reason: "Reads daily Amazon MQ costs by usage type and account ($0.01 per request).",
    where: "account",
  },
  {
    action: "ce:GetCostAndUsageWithResources",
    reason: "Reads daily costs by broker for the last 14 days, where switched on ($0.01 per request).",
    where: "account",
  },
  {
    action: "organizations:ListAccounts",
    reason:
      "Finds the accounts of the organization. Works in its management or a delegated administrator account only.",
    where: "account",
  },
  {
    action: "sts:AssumeRole",
    reason: "Reaches the read-only roles of the other connected accounts.",
    where: "home",
  },
];

/** The statements of an IAM policy. */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: readonly Readonly<Record<string, unknown>>[];
}

/** The least-privilege, read-only policy for the role (or user) in each account that is read. */
export function readOnlyPolicy(): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MqStewardReadOnly",
        Effect: "Allow",
        Action: POLICY_ACTIONS.filter(({ where }) => where === "account").map(({ action }) => action),
        // Listings, Cost Explorer and CloudWatch know no resource-level permissions; new brokers must be seen without a policy change.
        Resource: "*",
      },
    ],
  };
}

/** What the credentials MQ Steward itself runs with need on top, to reach other accounts: only roles of one name can be assumed. */
export function homePolicy({ partition = "aws", roleName = SUGGESTED_ROLE_NAME } = {}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MqStewardAssumeReadOnlyRoles",
        Effect: "Allow",
        Action: POLICY_ACTIONS.filter(({ where }) => where === "home").map(({ action }) => action),
        Resource: `arn:${partition}:iam::*:role/${roleName}`,
      },
    ],
  };
}

/**
 * Who may assume the role of a connected account: the account MQ Steward runs in, and only with the external id (which keeps a third party that
 * knows the role's ARN from having it used on its behalf, https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */
export function trustPolicy(input: {
  principalAccountId: string;
  externalId: string;
  /** Default aws. */
  partition?: string;
}): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "MqStewardAssumes",
        Effect: "Allow",
        Principal: { AWS: `arn:${input.partition ?? "aws"}:iam::${input.principalAccountId}:root` },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": input.externalId } },
      },
    ],
  };
}
