import { HydrationBoundary } from "@tanstack/react-query";
import { ruleKeys } from "@/lib/queries/rules.keys";
import { readRule } from "@/lib/services/read/read-rules";
import { prefetch, reading } from "../../_server/prefetch";
import { RuleView } from "./_components/rule-view";

export const metadata = { title: "Rule" };

export default async function RulePage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const state = await prefetch([reading("rule", ruleKeys.detail(id), (ctx) => readRule({ ctx, input: { id } }))]);
  return (
    <HydrationBoundary state={state}>
      <RuleView id={id} />
    </HydrationBoundary>
  );
}
