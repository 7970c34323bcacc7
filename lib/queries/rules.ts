import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ruleSettingsInput } from "@/lib/contracts/rules";
import { fetchApi } from "@/lib/queries/fetch-api";
import { ruleKeys } from "@/lib/queries/rules.keys";

export const rulesQuery = () =>
  queryOptions({ queryKey: ruleKeys.list(), queryFn: ({ signal }) => fetchApi("rules", { signal }) });

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ruleKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("rule", { params: { id }, signal }),
  });

/** Changes a rule. Findings and KPIs follow from it, so everything is read again. */
export const changeRuleMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof ruleSettingsInput>) => fetchApi("changeRule", { params: { id }, body }),
    onSuccess: () => client.invalidateQueries(),
  });
