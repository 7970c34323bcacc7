import type { ListedBroker } from "@/lib/aws/gateway";
import { parseBrokerArn } from "@/lib/domain/broker-arn";
import type { SourceResult } from "@/lib/domain/sync";

/**
 * A listing without the brokers whose ARN names another region: AWS never tells one, but an endpoint that does not look at the region it is asked
 * for tells all of them in each, and every broker would be read once per region and move about between them. They are read in the region they
 * name. Where the account is not read there, the listing is partial and says so. Pure.
 */
export function ownRegionOf(
  listing: SourceResult<ListedBroker>,
  region: string,
  regionsRead: ReadonlySet<string>,
): SourceResult<ListedBroker> {
  const regionOf = ({ arn }: ListedBroker): string => parseBrokerArn(arn)?.region ?? region;
  const foreign = listing.items.filter((item) => regionOf(item) !== region);
  if (foreign.length === 0) return listing;
  const items = listing.items.filter((item) => regionOf(item) === region);
  const unread = foreign.filter((item) => !regionsRead.has(regionOf(item)));
  const names = (brokers: readonly ListedBroker[]): string => [...new Set(brokers.map(regionOf))].sort().join(", ");
  if (unread.length === 0) {
    const left = `Brokers of other regions, which the endpoint lists here too, are read there (${names(foreign)}).`;
    return { ...listing, items, message: listing.message ?? left };
  }
  const message = `The endpoint lists brokers of another region than was asked for, and this account is not read there (${names(unread)}).`;
  const failures = unread.map(({ brokerId }) => ({ item: brokerId, errorCode: "aws-invalid-response", message }));
  return {
    ...listing,
    status: listing.status === "complete" ? "partial" : listing.status,
    items,
    failures: [...listing.failures, ...failures],
    errorCode: listing.errorCode ?? "aws-invalid-response",
    message: listing.message ?? message,
    wayOut:
      listing.wayOut ??
      "Add the region to those read of this account in Settings, or check the custom endpoint (AWS_ENDPOINT_URL).",
  };
}
