import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { settingsPatch } from "@/lib/contracts/settings";
import { fetchApi } from "@/lib/queries/fetch-api";
import { settingsKeys } from "@/lib/queries/settings.keys";

export const settingsQuery = () =>
  queryOptions({
    queryKey: settingsKeys.all,
    queryFn: ({ signal }) => fetchApi("settings", { signal }),
    staleTime: 60_000,
  });

/** Changes settings. Environments, owners and KPIs follow from them, so everything is read again. */
export const updateSettingsMutation = (client: QueryClient) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof settingsPatch>) => fetchApi("updateSettings", { body }),
    onSuccess: () => client.invalidateQueries(),
  });
