import { z } from "zod";
import * as accounts from "@/lib/contracts/accounts";
import type { Endpoint } from "@/lib/contracts/endpoint";

/** Connected AWS accounts and the access they give. */
export const ACCOUNTS_ENDPOINTS = {
  accounts: {
    method: "GET",
    path: "/accounts",
    summary: "Connected AWS accounts",
    permission: "settings:read",
    response: accounts.accountList,
  },
  connectAccount: {
    method: "POST",
    path: "/accounts",
    summary: "Connect an account",
    permission: "accounts:write",
    body: accounts.accountInput,
    response: accounts.accountItem,
    status: 201,
  },
  updateAccount: {
    method: "PATCH",
    path: "/accounts/{id}",
    summary: "Change an account",
    permission: "accounts:write",
    body: accounts.accountPatch,
    response: accounts.accountItem,
  },
  removeAccount: {
    method: "DELETE",
    path: "/accounts/{id}",
    summary: "Take an account out of scope",
    permission: "accounts:write",
    response: z.object({ removed: z.literal(true) }),
  },
  testAccess: {
    method: "POST",
    path: "/accounts/test-access",
    summary: "Try the credentials and each permission",
    permission: "accounts:write",
    body: accounts.accessTestInput,
    response: accounts.accessReport,
  },
  discoverAccounts: {
    method: "GET",
    path: "/accounts/discover",
    summary: "Accounts of the AWS organization",
    permission: "accounts:write",
    response: accounts.discoveredAccounts,
  },
  policy: {
    method: "GET",
    path: "/accounts/policy",
    summary: "The read-only IAM policy and trust policy",
    permission: "settings:read",
    response: accounts.policyDocuments,
  },
} as const satisfies Record<string, Endpoint>;
