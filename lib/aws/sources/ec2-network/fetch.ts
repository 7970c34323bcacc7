import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { QueryInput } from "../../query-wire";
import type { SourceContext } from "../../source-context";
import { wireOperation } from "../../wire-services";
import { optionalText } from "../../wire-values";

export const DESCRIBE_SUBNETS = wireOperation("ec2:DescribeSubnets");
export const DESCRIBE_SECURITY_GROUPS = wireOperation("ec2:DescribeSecurityGroups");

/** Values that one filter takes. */
export const FILTER_VALUES = 200;
const PAGE_SIZE = 1_000;

/** EC2's lists: `<set><item>..</item></set>`, an empty element where there is nothing. */
function itemsOf<Item extends z.ZodType>(item: Item) {
  return z
    .union([z.literal(""), z.object({ item: z.array(item) })])
    .nullish()
    .transform((list) => (typeof list === "object" && list !== null ? list.item : []));
}

/** Ports come as text. */
const port = z
  .string()
  .regex(/^-?\d{1,5}$/)
  .nullish();

export const subnetsAnswer = z.object({
  subnetSet: itemsOf(
    z.object({
      subnetId: z.string().min(1),
      availabilityZone: optionalText,
      availabilityZoneId: optionalText,
      vpcId: optionalText,
    }),
  ),
  nextToken: optionalText,
});

export const securityGroupsAnswer = z.object({
  securityGroupInfo: itemsOf(
    z.object({
      groupId: z.string().min(1),
      groupName: optionalText,
      vpcId: optionalText,
      ipPermissions: itemsOf(
        z.object({
          ipProtocol: z.string().min(1),
          fromPort: port,
          toPort: port,
          ipRanges: itemsOf(z.object({ cidrIp: z.string() })),
          ipv6Ranges: itemsOf(z.object({ cidrIpv6: z.string() })),
          prefixListIds: itemsOf(z.object({ prefixListId: z.string() })),
          groups: itemsOf(z.object({ groupId: optionalText, userId: optionalText })),
        }),
      ),
    }),
  ),
  nextToken: optionalText,
});

export type SubnetAnswer = z.output<typeof subnetsAnswer>["subnetSet"][number];
export type SecurityGroupAnswer = z.output<typeof securityGroupsAnswer>["securityGroupInfo"][number];

/** Asks by filter and not by id: of an id that is gone, AWS would refuse the whole request. */
export function idFilter(name: "subnet-id" | "group-id", ids: readonly string[]): QueryInput {
  return { Filter: [{ Name: name, Value: ids }] };
}

/** All pages of the subnets with these ids, at most FILTER_VALUES. Never rejects. */
export function fetchSubnets(
  { channel, counter }: SourceContext,
  region: string,
  ids: readonly string[],
): Promise<PagesRead<readonly SubnetAnswer[]>> {
  return readPages(async (NextToken) => {
    const page = parseAnswer(
      subnetsAnswer,
      await channel.call({ service: "ec2", region, counter }, (client) =>
        client.send(DESCRIBE_SUBNETS, { ...idFilter("subnet-id", ids), MaxResults: PAGE_SIZE, NextToken }),
      ),
    );
    return { page: page.subnetSet, nextToken: page.nextToken };
  });
}

/** All pages of the security groups with these ids, at most FILTER_VALUES. Never rejects. */
export function fetchSecurityGroups(
  { channel, counter }: SourceContext,
  region: string,
  ids: readonly string[],
): Promise<PagesRead<readonly SecurityGroupAnswer[]>> {
  return readPages(async (NextToken) => {
    const page = parseAnswer(
      securityGroupsAnswer,
      await channel.call({ service: "ec2", region, counter }, (client) =>
        client.send(DESCRIBE_SECURITY_GROUPS, { ...idFilter("group-id", ids), MaxResults: PAGE_SIZE, NextToken }),
      ),
    );
    return { page: page.securityGroupInfo, nextToken: page.nextToken };
  });
}
