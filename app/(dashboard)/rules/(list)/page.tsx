import { HydrationBoundary } from "@tanstack/react-query";
import { ruleKeys } from "@/lib/queries/rules.keys";
import { readRules } from "@/lib/services/read/read-rules";
import { prefetch, reading } from "../../_server/prefetch";
import { RulesView } from "../_components/rules-view";

export const metadata = { title: "Rules" };

export default async function RulesPage() {
  const state = await prefetch([reading("rules", ruleKeys.list(), (ctx) => readRules({ ctx }))]);
  return (
    <HydrationBoundary state={state}>
      <RulesView />
    </HydrationBoundary>
  );
}
