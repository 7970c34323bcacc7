"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { categoryLabel, engineLabel, sentenceCase } from "@/components/broker/labels";
import { SeverityBadge } from "@/components/finding/finding-marks";
import { RuleReferences } from "@/components/finding/rule-references";
import { UnreadPage } from "@/components/states/unread-page";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { RuleDetail } from "@/lib/contracts/rules";
import { ruleQuery } from "@/lib/queries/rules";
import { RuleSettingsForm } from "./rule-settings-form";

/** One rule: why it exists, what it says now, how to fix, who else says so, and what was changed about it here. */
export function RuleView({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(ruleQuery(id));
  if (!data) return <UnreadPage what="rule" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { rule, asOf } = data;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`${rule.id}, version ${rule.version}. As of ${formatInstant(asOf)}`}
          info={<SeverityBadge severity={rule.severity} />}
        >
          {rule.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Now detail={data} />
        <div className="mqs-halves">
          <Container header={<Header variant="h2">Why, and what to do</Header>}>
            <SpaceBetween size="m">
              <Section title="Why it matters">{data.rationale}</Section>
              <Section title="What to do">{data.remediation}</Section>
            </SpaceBetween>
          </Container>
          <References detail={data} />
        </div>
        <RuleSettingsForm key={`${data.change?.updatedAt}`} detail={data} />
        <Table
          items={data.examples}
          trackBy="title"
          wrapLines
          contentDensity="compact"
          ariaLabels={{ tableLabel: "Examples" }}
          header={<Header variant="h2">Examples</Header>}
          columnDefinitions={[
            {
              id: "title",
              header: sentenceCase(rule.subject),
              isRowHeader: true,
              cell: ({ title }) => capitalised(title),
            },
            { id: "expect", header: "The rule says", width: 160, cell: ({ expect }) => sentenceCase(expect) },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Now({ detail: { rule, otherEngine, needs } }: { detail: RuleDetail }) {
  const { counts } = rule;
  return (
    <Container header={<Header variant="h2">Now</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={180}
        items={[
          { label: "Pass", value: counts.pass },
          { label: "Fail", value: counts.fail },
          { label: "Unknown", value: counts.unknown },
          { label: "Not applicable", value: counts.notApplicable },
          {
            label: "Open findings",
            value:
              rule.openFindings === 0 ? (
                "0"
              ) : (
                <AppLink href={`/findings?filter=${encodeURIComponent(`rule=${rule.id}`)}`}>
                  {formatNumberOf(rule.openFindings, "finding")}
                </AppLink>
              ),
          },
          { label: "Category", value: categoryLabel(rule.category) },
          {
            label: "Judged",
            value: rule.engine
              ? `${engineLabel(rule.engine)} brokers alone. ${otherEngine ?? ""}`
              : `${sentenceCase(rule.subject)}s${rule.subject === "broker" ? " of both engines" : ""}`,
          },
          { label: "Based on", value: capitalised(needs.join(", ")) },
        ]}
      />
    </Container>
  );
}

function References({ detail: { rule } }: { detail: RuleDetail }) {
  return (
    <Container header={<Header variant="h2">References and ids elsewhere</Header>}>
      <RuleReferences references={rule.references} />
    </Container>
  );
}

function Section({ title, children }: { title: string; children: string }) {
  return (
    <div>
      <Box variant="h3">{title}</Box>
      <Box variant="p">{children}</Box>
    </div>
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
