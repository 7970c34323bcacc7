import { defineKpi } from "@/lib/kpis/define-kpi";
import { withoutRecommendations } from "@/lib/kpis/without-recommendations";

export const wasteFound = defineKpi({
  id: "waste-found",
  version: 1,
  title: "Waste found",
  definition:
    "Monthly cost that could be saved by what the product recommends (idle, oversized, wrong storage, high availability paid for in development), at most one item per broker. A recommendation carries its evidence, so the figure is given only where recommendations are made.",
  numeratorLabel: null,
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "down-is-good",
  target: null,
  source: "Seed 003: waste that could be saved",
  ...withoutRecommendations,
});
