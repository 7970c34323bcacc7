import type { Account } from "./model";
import { dayStart } from "./seeded";

/** The role that the product is given in every account of the fictional organisation. */
export const stewardRoleName = "mq-steward-read-only";
/** Demanded by the production accounts' trust policies. */
export const stewardExternalId = "mq-steward-demo";

export const platform = "111122223333";
export const payments = "222233334444";
export const logistics = "333344445555";
export const staging = "444455556666";
export const sandbox = "555566667777";
/** A closed account: listed by AWS Organizations, usable by nobody. */
export const acquired = "666677778888";

function account(
  id: string,
  name: string,
  joined: string,
  options: Partial<Account> & { externalId?: string } = {},
): Account {
  const { externalId, ...rest } = options;
  return {
    id,
    name,
    email: `aws+${name.toLowerCase().replaceAll(" ", "-")}@example.com`,
    status: "ACTIVE",
    joinedAt: dayStart(joined),
    roles: [{ name: stewardRoleName, ...(externalId ? { externalId } : {}) }],
    optInRegions: [],
    ...rest,
  };
}

/** Platform is the management (payer) account; ambient credentials belong to it. */
export const accounts: readonly Account[] = [
  account(platform, "Platform", "2019-03-04"),
  account(payments, "Payments", "2019-06-17", { externalId: stewardExternalId }),
  account(logistics, "Logistics", "2020-01-20", { externalId: stewardExternalId }),
  account(staging, "Staging", "2020-02-03"),
  account(sandbox, "Sandbox", "2020-02-03"),
  account(acquired, "Old Acquisition", "2021-09-13", { status: "SUSPENDED", roles: [] }),
];
