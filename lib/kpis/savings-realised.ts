import { defineKpi } from "@/lib/kpis/define-kpi";
import { withoutRecommendations } from "@/lib/kpis/without-recommendations";

export const savingsRealised = defineKpi({
  id: "savings-realised",
  version: 1,
  title: "Savings realised",
  definition:
    "Cost of a broker in the 30 final days before a recommendation was carried out, less the 30 final days after it, net of the replacement and at constant prices, for at most 12 months. It is given only where recommendations are made and carried out.",
  numeratorLabel: null,
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "up-is-good",
  target: null,
  source: "Seed 003: savings that were realised",
  ...withoutRecommendations,
});
