import { z } from "zod";
import { type Ingress, type SecurityGroup, type Subnet, securityGroupsOf, subnetsOf } from "../organisation/network";
import { AwsError } from "../wire/aws-error";
import { readForm } from "../wire/form";
import { decodeToken, encodeToken, pageOf } from "../wire/page-token";
import type { Reply } from "../wire/reply";
import { escapeXml } from "../wire/xml";
import type { IncomingCall, MatchedCall, Service } from "./service";

const inputSchema = z.object({
  Filter: z.array(z.object({ Name: z.string(), Value: z.array(z.string()).default([]) })).default([]),
  SubnetId: z.array(z.string()).default([]),
  GroupId: z.array(z.string()).default([]),
  MaxResults: z.coerce.number().int().min(5).max(1000).optional(),
  NextToken: z.string().optional(),
});

type Input = z.infer<typeof inputSchema>;

function inputOf(call: IncomingCall): Input {
  const parsed = inputSchema.safeParse(readForm(call.body));
  if (!parsed.success) throw new AwsError(400, "InvalidParameterValue", z.prettifyError(parsed.error));
  return parsed.data;
}

function element(name: string, content: string | undefined): string {
  return content === undefined ? "" : `<${name}>${escapeXml(content)}</${name}>`;
}

/** A list as Amazon EC2 writes it: `<set><item>..</item></set>`, an empty element for none. */
function list(name: string, items: readonly string[]): string {
  return items.length === 0
    ? `<${name}/>`
    : `<${name}>${items.map((item) => `<item>${item}</item>`).join("")}</${name}>`;
}

/** The things asked for, by id or filter, and the page of them. @throws AwsError for ids that do not exist. */
function pageOfThings<T extends { id: string }>(
  input: Input,
  all: readonly T[],
  ids: readonly string[],
  filterName: string,
  notFound: string,
): { items: readonly T[]; nextToken: string | undefined } {
  const missing = ids.find((id) => !all.some((thing) => thing.id === id));
  if (missing) throw new AwsError(400, notFound, `The ID '${missing}' does not exist`);
  const unknown = input.Filter.find((filter) => filter.Name !== filterName);
  if (unknown) throw new AwsError(400, "InvalidParameterValue", `The filter '${unknown.Name}' is invalid`);
  const wanted = [ids, ...input.Filter.map((filter) => filter.Value)].filter((values) => values.length > 0);
  const found = all.filter((thing) => wanted.every((values) => values.includes(thing.id)));
  const { offset = 0, page } = input.NextToken
    ? decodeToken(input.NextToken, "InvalidNextToken")
    : { offset: 0, page: 0 };
  const size = input.MaxResults ?? 1000;
  const more = offset + size < found.length;
  return {
    items: found.slice(offset, offset + size),
    nextToken: more ? encodeToken({ offset: offset + size, page: page + 1 }) : undefined,
  };
}

function answer(operation: string, content: string, nextToken: string | undefined, requestId: string): Reply {
  return {
    status: 200,
    contentType: "text/xml;charset=UTF-8",
    headers: {},
    body:
      `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">` +
      `<requestId>${requestId}</requestId>${content}${element("nextToken", nextToken)}</${operation}Response>`,
  };
}

function subnetXml(account: string, { id, zoneName, zoneId, vpcId }: Subnet): string {
  return (
    `${element("subnetId", id)}<state>available</state>${element("vpcId", vpcId)}${element("availabilityZone", zoneName)}` +
    `${element("availabilityZoneId", zoneId)}${element("ownerId", account)}<mapPublicIpOnLaunch>false</mapPublicIpOnLaunch><tagSet/>`
  );
}

function ingressXml(account: string, { protocol, from, to, cidrs, groups = [] }: Ingress): string {
  const isIpv6 = (cidr: string) => cidr.includes(":");
  return (
    `${element("ipProtocol", protocol)}${element("fromPort", from?.toString())}${element("toPort", to?.toString())}` +
    list(
      "groups",
      groups.map((id) => element("userId", account) + element("groupId", id)),
    ) +
    list(
      "ipRanges",
      cidrs.filter((cidr) => !isIpv6(cidr)).map((cidr) => element("cidrIp", cidr)),
    ) +
    list(
      "ipv6Ranges",
      cidrs.filter(isIpv6).map((cidr) => element("cidrIpv6", cidr)),
    ) +
    "<prefixListIds/>"
  );
}

function groupXml(account: string, { id, name, vpcId, ingress }: SecurityGroup): string {
  return (
    `${element("ownerId", account)}${element("groupId", id)}${element("groupName", name)}${element("groupDescription", name)}` +
    `${element("vpcId", vpcId)}${list(
      "ipPermissions",
      ingress.map((rule) => ingressXml(account, rule)),
    )}<ipPermissionsEgress/><tagSet/>`
  );
}

function describeSubnets(call: IncomingCall): Reply {
  const input = inputOf(call);
  const { id } = call.account;
  const page = pageOfThings(input, subnetsOf(id, call.region), input.SubnetId, "subnet-id", "InvalidSubnetID.NotFound");
  const items = page.items.map((subnet) => subnetXml(id, subnet));
  return answer("DescribeSubnets", list("subnetSet", items), page.nextToken, call.requestId);
}

function describeSecurityGroups(call: IncomingCall): Reply {
  const input = inputOf(call);
  const { id } = call.account;
  const page = pageOfThings(
    input,
    securityGroupsOf(id, call.region),
    input.GroupId,
    "group-id",
    "InvalidGroup.NotFound",
  );
  const items = page.items.map((group) => groupXml(id, group));
  return answer("DescribeSecurityGroups", list("securityGroupInfo", items), page.nextToken, call.requestId);
}

const operations: Readonly<Record<string, (call: IncomingCall) => Reply>> = {
  DescribeSubnets: describeSubnets,
  DescribeSecurityGroups: describeSecurityGroups,
};

/** Amazon EC2, query protocol: the two listings that tell where brokers are and who can reach them. */
export function ec2Service(): Service {
  return {
    id: "ec2",
    protocolOf: () => "ec2-query",
    match: (call): MatchedCall | undefined => {
      const form = new URLSearchParams(call.body);
      const operation = form.get("Action") ?? "";
      const respond = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!respond) return undefined;
      const page = pageOf(form.get("NextToken") ?? undefined);
      return { operation, protocol: "ec2-query", page, answer: () => respond(call) };
    },
  };
}
