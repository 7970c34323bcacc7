import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  GetDimensionValuesCommand,
} from "@aws-sdk/client-cost-explorer";
import {
  DescribeBrokerCommand,
  DescribeBrokerEngineTypesCommand,
  DescribeBrokerInstanceOptionsCommand,
  DescribeConfigurationRevisionCommand,
  DescribeUserCommand,
  ListBrokersCommand,
  ListConfigurationsCommand,
} from "@aws-sdk/client-mq";
import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import type { Clock } from "@/lib/domain/clock";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { AwsFailure } from "./failure";
import type { AccessCheck } from "./gateway";
import { POLICY_ACTIONS } from "./policy";
import { AWS_SERVICES, type AwsService } from "./service";
import type { SourceContext } from "./source-context";
import { LOOKUP_EVENTS, lookupInput } from "./sources/cloudtrail-events/fetch";
import { dimensionFilter, dimensionGroup } from "./sources/cost-usage/fetch";
import { DESCRIBE_SECURITY_GROUPS, DESCRIBE_SUBNETS, idFilter } from "./sources/ec2-network/fetch";
import { DESCRIBE_AFFECTED_ENTITIES, DESCRIBE_EVENTS, eventsInput } from "./sources/health-events/fetch";
import { GET_PRODUCTS, productsInput } from "./sources/price-list/fetch";

/** Ids that no account has: IAM decides before AWS looks for the thing, so "not found" proves that asking is allowed. */
const NO_BROKER = "b-00000000-0000-0000-0000-000000000000";
const NO_CONFIGURATION = "c-00000000-0000-0000-0000-000000000000";
const NO_SUBNET = "subnet-00000000000000000";
const NO_HEALTH_EVENT = "arn:aws:health:us-east-1::event/MQ/AWS_MQ_NONE/AWS_MQ_NONE_0";
const NO_SECURITY_GROUP = "sg-00000000000000000";

export interface AccessCheckInput {
  region: string;
  /** Null where the partition has no Cost Explorer. */
  costRegion: string | null;
  organizationsRegion: string;
  healthRegion: string;
  /** Null where the partition has no price list. */
  priceListRegion: string | null;
  clock: Clock;
  isAssumedRole: boolean;
  /** What asking STS came to; null when it answered. */
  identityFailure: AwsFailure | null;
}

type Probe = () => Promise<unknown>;

/**
 * Tries each action of the policy once. `allowed` is null where that cannot be said (no network, region off, unknown operation) or where the
 * action is not needed. Three requests go to Cost Explorer ($0.01 each).
 */
export async function probeAccess(context: SourceContext, input: AccessCheckInput): Promise<readonly AccessCheck[]> {
  const probes = probesOf(context, input);
  const checks: AccessCheck[] = [];
  for (const { action } of POLICY_ACTIONS) {
    if (action === "sts:GetCallerIdentity") checks.push(verdict(action, input.identityFailure));
    else if (action === "sts:AssumeRole") checks.push(...roleCheck(action, input));
    else if (action === "organizations:ListAccounts" && input.isAssumedRole) {
      checks.push({
        action,
        allowed: null,
        message: "Not needed here: accounts are discovered with MQ Steward's own credentials.",
      });
    } else if (input.identityFailure) checks.push({ action, allowed: null, message: input.identityFailure.message });
    else checks.push(await check(context, input, action, probes[action]));
  }
  return checks;
}

function roleCheck(action: string, { isAssumedRole, identityFailure }: AccessCheckInput): AccessCheck[] {
  if (!isAssumedRole) return [];
  if (!identityFailure) return [verdict(action, null)];
  const isRefused = identityFailure.errorCode === "aws-assume-role-failed";
  return [{ action, allowed: isRefused ? false : null, message: identityFailure.message }];
}

async function check(
  context: SourceContext,
  input: AccessCheckInput,
  action: string,
  probe: Probe | null | undefined,
): Promise<AccessCheck> {
  if (!probe) return { action, allowed: null, message: "The service does not exist in this partition." };
  try {
    await probe();
    return verdict(action, null);
  } catch (error) {
    const failure = await context.failureOf(error, serviceOf(action), input.region);
    return isNotManagement(action, failure)
      ? { action, allowed: null, message: NOT_MANAGEMENT }
      : verdict(action, failure);
  }
}

const NOT_MANAGEMENT =
  "Only the organisation's management account or a delegated administrator may list its accounts; elsewhere this is not needed.";

/** AWS Organizations itself refuses other accounts, whatever IAM allows; IAM's refusal names the action. */
function isNotManagement(action: string, failure: AwsFailure): boolean {
  return (
    action === "organizations:ListAccounts" &&
    failure.errorCode === "aws-access-denied" &&
    !failure.message.includes("not authorized to perform")
  );
}

function verdict(action: string, failure: AwsFailure | null): AccessCheck {
  // Both come after the permission: an id that does not exist, a period AWS does not like.
  if (!failure || failure.errorCode === "aws-not-found" || failure.errorCode === "aws-bad-request") {
    return { action, allowed: true, message: null };
  }
  return { action, allowed: failure.status === "denied" ? false : null, message: failure.message };
}

function serviceOf(action: string): AwsService {
  const prefix = action.split(":")[0];
  return AWS_SERVICES.find((service) => service === prefix) ?? "sts";
}

/** One harmless read per action; null where there is nothing to ask. */
function probesOf({ channel, counter }: SourceContext, input: AccessCheckInput): Record<string, Probe | null> {
  const { region, costRegion, clock } = input;
  const mq = { service: "mq", region, counter } as const;
  const ec2 = { service: "ec2", region, counter } as const;
  const health = { service: "health", region: input.healthRegion, counter } as const;
  const organizations = { service: "organizations", region: input.organizationsRegion, counter } as const;
  const ce = costRegion ? ({ service: "ce", region: costRegion, counter, billableUnits: 1 } as const) : null;
  const now = clock.now();
  const today = plainDateFromInstantUtc(now);
  const TimePeriod = { Start: addDays(today, -2), End: addDays(today, -1) };
  const costs: GetCostAndUsageCommandInput & { Filter: Expression } = {
    TimePeriod,
    Granularity: "DAILY",
    Metrics: ["UnblendedCost"],
    Filter: dimensionFilter("SERVICE", ["Amazon MQ"]),
  };
  return {
    "mq:ListBrokers": () => channel.call(mq, (client) => client.send(new ListBrokersCommand({ MaxResults: 5 }))),
    "mq:DescribeBroker": () =>
      channel.call(mq, (client) => client.send(new DescribeBrokerCommand({ BrokerId: NO_BROKER }))),
    "mq:DescribeConfigurationRevision": () =>
      channel.call(mq, (client) =>
        client.send(
          new DescribeConfigurationRevisionCommand({ ConfigurationId: NO_CONFIGURATION, ConfigurationRevision: "1" }),
        ),
      ),
    "mq:ListConfigurations": () =>
      channel.call(mq, (client) => client.send(new ListConfigurationsCommand({ MaxResults: 5 }))),
    "mq:DescribeUser": () =>
      channel.call(mq, (client) => client.send(new DescribeUserCommand({ BrokerId: NO_BROKER, Username: "nobody" }))),
    "mq:DescribeBrokerEngineTypes": () =>
      channel.call(mq, (client) => client.send(new DescribeBrokerEngineTypesCommand({ MaxResults: 5 }))),
    "mq:DescribeBrokerInstanceOptions": () =>
      channel.call(mq, (client) => client.send(new DescribeBrokerInstanceOptionsCommand({ MaxResults: 5 }))),
    "ec2:DescribeSubnets": () =>
      channel.call(ec2, (client) => client.send(DESCRIBE_SUBNETS, idFilter("subnet-id", [NO_SUBNET]))),
    "ec2:DescribeSecurityGroups": () =>
      channel.call(ec2, (client) => client.send(DESCRIBE_SECURITY_GROUPS, idFilter("group-id", [NO_SECURITY_GROUP]))),
    "cloudtrail:LookupEvents": () =>
      channel.call({ service: "cloudtrail", region, counter }, (client) =>
        client.send(LOOKUP_EVENTS, lookupInput("RebootBroker", new Date(now.getTime() - 3_600_000), now)),
      ),
    "health:DescribeEvents": () => channel.call(health, (client) => client.send(DESCRIBE_EVENTS, eventsInput(now, 10))),
    "health:DescribeAffectedEntities": () =>
      channel.call(health, (client) =>
        client.send(DESCRIBE_AFFECTED_ENTITIES, { filter: { eventArns: [NO_HEALTH_EVENT] }, maxResults: 10 }),
      ),
    "cloudwatch:GetMetricData": () =>
      channel.call({ service: "cloudwatch", region, counter, billableUnits: 1 }, (client) =>
        client.send(
          new GetMetricDataCommand({
            StartTime: new Date(now.getTime() - 3_600_000),
            EndTime: now,
            MetricDataQueries: [
              {
                Id: "q0",
                MetricStat: {
                  Metric: { Namespace: "AWS/AmazonMQ", MetricName: "CpuUtilization" },
                  Period: 3600,
                  Stat: "Average",
                },
              },
            ],
          }),
        ),
      ),
    "pricing:GetProducts": input.priceListRegion
      ? () =>
          channel.call({ service: "pricing", region: input.priceListRegion ?? region, counter }, (client) =>
            client.send(GET_PRODUCTS, productsInput(1)),
          )
      : null,
    "ce:GetDimensionValues":
      ce &&
      (() =>
        channel.call(ce, (client) => client.send(new GetDimensionValuesCommand({ TimePeriod, Dimension: "SERVICE" })))),
    "ce:GetCostAndUsage": ce && (() => channel.call(ce, (client) => client.send(new GetCostAndUsageCommand(costs)))),
    "ce:GetCostAndUsageWithResources":
      ce &&
      (() =>
        channel.call(ce, (client) =>
          client.send(new GetCostAndUsageWithResourcesCommand({ ...costs, GroupBy: [dimensionGroup("RESOURCE_ID")] })),
        )),
    "organizations:ListAccounts": () =>
      channel.call(organizations, (client) => client.send(new ListAccountsCommand({ MaxResults: 1 }))),
  };
}
