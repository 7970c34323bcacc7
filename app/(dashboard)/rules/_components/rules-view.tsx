"use client";

import Badge from "@cloudscape-design/components/badge";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { categoryLabel, engineLabel, sentenceCase } from "@/components/broker/labels";
import { SeverityBadge } from "@/components/finding/finding-marks";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatInstant } from "@/components/ui/times";
import type { RuleItem } from "@/lib/contracts/rules";
import { rulesQuery } from "@/lib/queries/rules";

/** Address of the findings of a rule that are not closed. */
export const findingsOfRule = (id: string) => `/findings?filter=${encodeURIComponent(`rule=${id}`)}`;

/** What a rule judges, and so what its numbers count: brokers of one engine or of both, accounts, or configurations. */
function judgedLabel({ subject, engine }: Pick<RuleItem, "subject" | "engine">): string {
  if (subject !== "broker") return `${sentenceCase(subject)}s`;
  return engine ? engineLabel(engine) : "Brokers";
}

/** Every rule with what the last evaluation found, by category. */
export function RulesView() {
  const { data, error, refetch, isFetching } = useQuery(rulesQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The rules" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the rules" rows={12} />
    );
  }
  const categories = [...new Set(data.items.map(({ category }) => category))];
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={`(${data.items.length})`}
          description={`What every rule says of the brokers, accounts or configurations it is about, as the last evaluation stored it. As of ${formatInstant(data.asOf)}`}
        >
          Rules
        </Header>
      }
    >
      <SpaceBetween size="l">
        {!data.everSynced && <NeverSynced running={false} runId={null} />}
        {categories.map((category) => (
          <RuleTable
            key={category}
            title={categoryLabel(category)}
            rules={data.items.filter((rule) => rule.category === category)}
            judged={data.everSynced}
          />
        ))}
      </SpaceBetween>
    </ContentLayout>
  );
}

function RuleTable({
  title,
  rules,
  judged,
}: {
  title: string;
  rules: readonly RuleItem[];
  /** Whether there was ever anything to judge: without it nothing passes, and nothing fails. */
  judged: boolean;
}) {
  const told = (count: number) => (judged ? count : "–");
  return (
    <Table
      items={rules}
      trackBy="id"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: `${title} rules` }}
      header={
        <Header variant="h2" counter={`(${rules.length})`}>
          {title}
        </Header>
      }
      columnDefinitions={[
        {
          id: "title",
          header: "Rule",
          isRowHeader: true,
          minWidth: 220,
          cell: ({ id, title: text, changed }) => (
            <>
              <AppLink href={`/rules/${id}`}>{text}</AppLink> {changed && <Badge color="blue">Changed</Badge>}
            </>
          ),
        },
        {
          id: "severity",
          header: "Severity",
          width: 110,
          cell: ({ severity }) => <SeverityBadge severity={severity} />,
        },
        { id: "judged", header: "Judged", width: 110, cell: judgedLabel },
        { id: "pass", header: "Pass", width: 80, cell: ({ counts }) => told(counts.pass) },
        { id: "fail", header: "Fail", width: 80, cell: ({ counts }) => told(counts.fail) },
        { id: "unknown", header: "Unknown", width: 100, cell: ({ counts }) => told(counts.unknown) },
        { id: "notApplicable", header: "Not applicable", width: 115, cell: ({ counts }) => told(counts.notApplicable) },
        {
          id: "findings",
          header: "Open findings",
          width: 105,
          cell: ({ id, openFindings, title: text }) =>
            openFindings === 0 ? (
              told(0)
            ) : (
              <AppLink href={findingsOfRule(id)} ariaLabel={`${openFindings} open findings: ${text}`}>
                {openFindings}
              </AppLink>
            ),
        },
      ]}
    />
  );
}
