import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { signOnMappings } from "@/lib/contracts/single-sign-on";
import { fetchApi } from "@/lib/queries/fetch-api";
import { singleSignOnKeys } from "@/lib/queries/single-sign-on.keys";

/** The OpenID provider and what its groups mean. */
export const singleSignOnQuery = () =>
  queryOptions({ queryKey: singleSignOnKeys.view(), queryFn: ({ signal }) => fetchApi("singleSignOn", { signal }) });

export const changeSingleSignOnMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof signOnMappings>) => fetchApi("changeSingleSignOn", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: singleSignOnKeys.view() }),
  });
