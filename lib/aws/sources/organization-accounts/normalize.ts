import type { OrganizationAccount } from "../../gateway";
import { enumValue } from "../../normalize-values";
import type { OrganizationAccountAnswer } from "./fetch";

/**
 * An account of the organisation. Its ARN names the management account (`arn:aws:organizations::<management>:account/o-.../<account>`), so the
 * management account is the one whose ARN names itself. AWS is replacing `Status` by `State`; either is read.
 */
export function normalizeOrganizationAccount(account: OrganizationAccountAnswer): OrganizationAccount {
  return {
    accountId: account.Id,
    name: account.Name || account.Id,
    email: account.Email || null,
    status: enumValue(account.State) ?? enumValue(account.Status) ?? "UNKNOWN",
    isManagement: account.Arn?.split(":")[4] === account.Id,
  };
}
