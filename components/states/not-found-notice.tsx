"use client";

import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AppLink } from "@/components/ui/app-link";

const BACK = {
  page: ["/", "To the overview"],
  broker: ["/brokers", "To the brokers"],
  finding: ["/findings", "To the findings"],
  plan: ["/plans", "To the plans"],
  campaign: ["/plans?tab=campaigns", "To the campaigns"],
  report: ["/reports", "To the reports"],
  rule: ["/rules", "To the rules"],
  sync: ["/syncs", "To the syncs"],
  KPI: ["/kpis", "To the KPIs"],
  owner: ["/owners", "To the owners"],
} as const;

/** There is no such page or thing. */
export function NotFoundNotice({ what }: { what: keyof typeof BACK }) {
  const [href, text] = BACK[what];
  return (
    <Box padding={{ vertical: "xxxl" }} textAlign="center">
      <SpaceBetween size="s">
        <Box variant="h1">There is no such {what}</Box>
        <Box variant="p" color="text-body-secondary">
          The address may be mistyped, or it names something that this installation never saw.
        </Box>
        <AppLink href={href}>{text}</AppLink>
      </SpaceBetween>
    </Box>
  );
}
