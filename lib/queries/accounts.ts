import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { accessTestInput, accountInput, accountPatch } from "@/lib/contracts/accounts";
import { accountKeys } from "@/lib/queries/accounts.keys";
import { fetchApi } from "@/lib/queries/fetch-api";

export const accountsQuery = () =>
  queryOptions({ queryKey: accountKeys.list(), queryFn: ({ signal }) => fetchApi("accounts", { signal }) });

/** The IAM policy and trust policy to copy. */
export const policyQuery = () =>
  queryOptions({
    queryKey: accountKeys.policy(),
    queryFn: ({ signal }) => fetchApi("policy", { signal }),
    // The suggested external id must not change while somebody copies it into a role.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Accounts of the organization, read from AWS when asked for. */
export const discoverAccountsQuery = () =>
  queryOptions({
    queryKey: accountKeys.discovered(),
    queryFn: ({ signal }) => fetchApi("discoverAccounts", { signal }),
    staleTime: 60_000,
    retry: false,
  });

/** Tries credentials and permissions of an account as typed in; changes nothing. */
export const testAccessMutation = () =>
  mutationOptions({ mutationFn: (body: z.input<typeof accessTestInput>) => fetchApi("testAccess", { body }) });

export const connectAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof accountInput>) => fetchApi("connectAccount", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountKeys.all }),
  });

export const updateAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, patch }: { id: string; patch: z.input<typeof accountPatch> }) =>
      fetchApi("updateAccount", { params: { id }, body: patch }),
    onSuccess: () => client.invalidateQueries({ queryKey: accountKeys.all }),
  });

/** Takes an account out of scope: figures change everywhere, so everything is read again. */
export const removeAccountMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("removeAccount", { params: { id } }),
    onSuccess: () => client.invalidateQueries(),
  });
