import { AwsError, accessDenied } from "../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../wire/page-token";
import { amzJson, type Reply } from "../wire/reply";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "./service";

interface Input {
  readonly maxResults: number;
  readonly nextToken?: string;
}

function read(call: IncomingCall): Input {
  const value: unknown = JSON.parse(call.body || "{}");
  const record: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  const size = typeof record.MaxResults === "number" ? record.MaxResults : 20;
  if (size < 1 || size > 20) throw new AwsError(400, "InvalidInputException", "MaxResults must be between 1 and 20");
  return { maxResults: size, nextToken: typeof record.NextToken === "string" ? record.NextToken : undefined };
}

function accountArn(context: ServiceContext, id: string): string {
  const { organisation } = context.fleet;
  return `arn:aws:organizations::${organisation.managementAccountId}:account/${organisation.id}/${id}`;
}

function describeOrganization(context: ServiceContext): Reply {
  const { organisation } = context.fleet;
  const management = context.fleet.account(organisation.managementAccountId);
  return amzJson("json-1.1", {
    Organization: {
      Id: organisation.id,
      Arn: `arn:aws:organizations::${organisation.managementAccountId}:organization/${organisation.id}`,
      FeatureSet: "ALL",
      MasterAccountId: organisation.managementAccountId,
      MasterAccountArn: accountArn(context, organisation.managementAccountId),
      MasterAccountEmail: management?.email,
      AvailablePolicyTypes: [{ Type: "SERVICE_CONTROL_POLICY", Status: "ENABLED" }],
    },
  });
}

function listAccounts(call: IncomingCall, context: ServiceContext): Reply {
  const { organisation } = context.fleet;
  if (call.account.id !== organisation.managementAccountId)
    throw accessDenied(call.principalArn, "organizations:ListAccounts");
  const { maxResults, nextToken } = read(call);
  const token = nextToken ? decodeToken(nextToken, "InvalidInputException") : { offset: 0, page: 0 };
  const offset = token.offset ?? 0;
  const all = organisation.accounts.filter((account) => account.joinedAt <= call.now);
  return amzJson("json-1.1", {
    Accounts: all.slice(offset, offset + maxResults).map((account) => ({
      Id: account.id,
      Arn: accountArn(context, account.id),
      Email: account.email,
      Name: account.name,
      Status: account.status,
      State: account.status,
      JoinedMethod: account.id === organisation.managementAccountId ? "INVITED" : "CREATED",
      JoinedTimestamp: account.joinedAt / 1000,
    })),
    NextToken:
      offset + maxResults < all.length ? encodeToken({ offset: offset + maxResults, page: token.page + 1 }) : undefined,
  });
}

/** AWS Organizations, JSON 1.1: only the management account may list accounts. */
export function organizationsService(context: ServiceContext): Service {
  return {
    id: "organizations",
    protocolOf: () => "json-1.1",
    match: (call): MatchedCall | undefined => {
      const operation = call.target?.split(".").at(-1);
      if (operation === "DescribeOrganization") {
        return { operation, protocol: "json-1.1", page: 0, answer: () => describeOrganization(context) };
      }
      if (operation === "ListAccounts") {
        const token = /"NextToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1];
        return { operation, protocol: "json-1.1", page: pageOf(token), answer: () => listAccounts(call, context) };
      }
      return undefined;
    },
  };
}
