/** Where the global services of a partition are (AWS endpoint reference); null where there is none. */
const GLOBAL_REGIONS: Readonly<Record<string, { ce: string | null; organizations: string }>> = {
  aws: { ce: "us-east-1", organizations: "us-east-1" },
  "aws-cn": { ce: "cn-northwest-1", organizations: "cn-northwest-1" },
  // No Cost Explorer of its own: GovCloud is billed through the commercial account it is linked to.
  "aws-us-gov": { ce: null, organizations: "us-gov-west-1" },
};

/** Region of Cost Explorer's one endpoint. */
export function costExplorerRegion(partition: string, homeRegion: string): string | null {
  const known = GLOBAL_REGIONS[partition];
  return known ? known.ce : homeRegion;
}

/** Region of the one endpoint of AWS Organizations. */
export function organizationsRegion(partition: string, homeRegion: string): string {
  return GLOBAL_REGIONS[partition]?.organizations ?? homeRegion;
}

/** Region of the one endpoint of AWS Health (AWS Health user guide, "Accessing the AWS Health API"). */
export function healthRegion(partition: string, homeRegion: string): string {
  const known: Readonly<Record<string, string>> = {
    aws: "us-east-1",
    "aws-cn": "cn-northwest-1",
    "aws-us-gov": "us-gov-west-1",
  };
  return known[partition] ?? homeRegion;
}

/** Region of an endpoint of the Price List API; null where the partition has none (AWS general reference). */
export function priceListRegion(partition: string, homeRegion: string): string | null {
  const known: Readonly<Record<string, string | null>> = {
    aws: "us-east-1",
    "aws-cn": "cn-northwest-1",
    "aws-us-gov": null,
  };
  const region = known[partition];
  return region === undefined ? homeRegion : region;
}
