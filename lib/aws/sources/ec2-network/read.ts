import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { NetworkRead } from "../../gateway";
import type { PagesRead } from "../../pages";
import type { SourceContext } from "../../source-context";
import { resultOf } from "../../source-result";
import { FILTER_VALUES, fetchSecurityGroups, fetchSubnets } from "./fetch";
import { normalizeSecurityGroup, normalizeSubnet } from "./normalize";

/** Zones of subnets and ways into security groups. A failed request is named by its operation; what the other one brought is kept. */
export async function readNetwork(
  context: SourceContext,
  region: string,
  ids: { subnetIds: readonly string[]; securityGroupIds: readonly string[] },
): Promise<SourceResult<NetworkRead>> {
  const items: NetworkRead[] = [];
  const failed: { item: string; failure: AwsFailure }[] = [];
  const read = async <Answer>(
    operation: string,
    wanted: readonly string[],
    fetch: (slice: readonly string[]) => Promise<PagesRead<readonly Answer[]>>,
    normalize: (answer: Answer) => NetworkRead,
  ): Promise<void> => {
    for (let start = 0; start < wanted.length; start += FILTER_VALUES) {
      const { pages, stoppedBy } = await fetch(wanted.slice(start, start + FILTER_VALUES));
      items.push(...pages.flat().map(normalize));
      if (stoppedBy === null) continue;
      failed.push({ item: operation, failure: await context.failureOf(stoppedBy, "ec2", region) });
      return;
    }
  };
  await Promise.all([
    read("DescribeSubnets", ids.subnetIds, (slice) => fetchSubnets(context, region, slice), normalizeSubnet),
    read(
      "DescribeSecurityGroups",
      ids.securityGroupIds,
      (slice) => fetchSecurityGroups(context, region, slice),
      normalizeSecurityGroup,
    ),
  ]);
  return resultOf(items, failed);
}
