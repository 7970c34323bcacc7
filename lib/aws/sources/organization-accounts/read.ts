import type { SourceResult } from "@/lib/domain/sync";
import type { OrganizationAccount } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult, partialResult } from "../../source-result";
import { fetchOrganizationAccounts } from "./fetch";
import { normalizeOrganizationAccount } from "./normalize";

/** The organisation's accounts by id. Unsupported where the account is in no organisation, denied where it may not list it. */
export async function readOrganizationAccounts(
  context: SourceContext,
  region: string,
): Promise<SourceResult<OrganizationAccount>> {
  const { pages, stoppedBy } = await fetchOrganizationAccounts(context, region);
  const accounts = pages
    .flat()
    .map(normalizeOrganizationAccount)
    .sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  if (stoppedBy === null) return completeResult(accounts);
  const failure = await context.failureOf(stoppedBy, "organizations", region);
  return pages.length === 0 ? failedResult(failure) : partialResult(accounts, failure);
}
