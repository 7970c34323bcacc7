import type { ListQuery } from "@/lib/contracts/common";

/** The query of a campaign's plans: what the address asks for, by stage where it names no order. */
export function plansOfCampaign(id: string, query: ListQuery): ListQuery {
  return {
    ...query,
    match: "all",
    filter: [{ property: "campaign", operator: "=", value: id }, ...(query.filter ?? [])],
    sort: query.sort ?? "stage",
  };
}
