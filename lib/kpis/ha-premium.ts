import { defineKpi } from "@/lib/kpis/define-kpi";
import { withoutRecommendations } from "@/lib/kpis/without-recommendations";

export const haPremium = defineKpi({
  id: "ha-premium",
  version: 1,
  title: "Premium for high availability",
  definition:
    "Monthly cost of highly available brokers above what the same brokers would cost as single instances, at prices that are looked up and never derived. It is given only where recommendations compare the prices of both.",
  numeratorLabel: null,
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "neutral",
  target: null,
  source: "Seed 003: what high availability costs",
  ...withoutRecommendations,
});
