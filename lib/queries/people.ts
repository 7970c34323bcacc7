import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { personInput, personPatch } from "@/lib/contracts/people";
import { fetchApi } from "@/lib/queries/fetch-api";
import { personKeys } from "@/lib/queries/people.keys";

/** Who may sign in. */
export const peopleQuery = () =>
  queryOptions({ queryKey: personKeys.list(), queryFn: ({ signal }) => fetchApi("people", { signal }) });

const readAgain = (client: QueryClient) => () => client.invalidateQueries({ queryKey: personKeys.list() });

export const invitePersonMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof personInput>) => fetchApi("invitePerson", { body }),
    onSuccess: readAgain(client),
  });

export const changePersonMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: ({ id, ...body }: { id: string } & z.input<typeof personPatch>) =>
      fetchApi("changePerson", { params: { id }, body }),
    onSuccess: readAgain(client),
  });

export const revokeSessionsMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("revokeSessions", { params: { id } }),
    onSuccess: readAgain(client),
  });

export const resetPasswordMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("resetPassword", { params: { id } }),
    onSuccess: readAgain(client),
  });

export const resetSecondFactorMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (id: string) => fetchApi("resetSecondFactor", { params: { id } }),
    onSuccess: readAgain(client),
  });
