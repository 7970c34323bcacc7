"use client";

import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useNamePage } from "@/components/shell/page-name";
import { ErrorState } from "@/components/states/error-state";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
import { Status } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import type { ReportDetail } from "@/lib/contracts/reports";
import { actorLabel } from "@/lib/domain/actor-label";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import type { Section } from "@/lib/domain/report-document";
import { reportQuery } from "@/lib/queries/reports";
import { ReportDownloads } from "../../_components/report-downloads";
import { reportName, STAGES } from "../../_components/report-words";
import { ReportBlock } from "./report-block";

/** A frozen report on the screen: the same content as on paper, from the same document. */
export function ReportPageView({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(reportQuery(id));
  useNamePage(usePathname(), data ? reportName(data.report) : undefined);
  if (!data) {
    return error ? (
      <ErrorState error={error} what="This report" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the report" rows={12} />
    );
  }
  return <Report detail={data} />;
}

/** What stands together on the screen, by ids of sections; owners have a tab of their own. Only the open tab is drawn: a report has dozens of tables. */
const TABS = [
  { id: "summary", label: "Summary", sections: [] },
  { id: "figures", label: "Key figures", sections: ["kpis", "trends", "exposure"] },
  { id: "findings", label: "Findings", sections: ["findings", "acceptances", "risks"] },
  { id: "work", label: "Incidents and plans", sections: ["incidents", "plans"] },
  { id: "cost", label: "Cost", sections: ["cost"] },
  { id: "owners", label: "Owners and accounts", sections: ["breakdown"] },
  { id: "basis", label: "Basis", sections: ["changes", "data-quality", "definitions", "basis", "sign-off"] },
] as const;

function Report({ detail }: { detail: ReportDetail }) {
  const { report, document } = detail;
  const pathname = usePathname();
  const asked = useSearchParams().get("tab");
  const open = TABS.find(({ id }) => id === asked) ?? TABS[0];
  const owners = document.sections.filter(({ group }) => group === "owner");
  const shown = document.sections.filter(({ id }) => open.sections.some((wanted) => wanted === id));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={report.scope.label} actions={<ReportDownloads report={report} primary />}>
          {`Quarterly report ${report.quarter}`}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {report.superseded && (
          <Alert type="info">There is a newer version of this report. This one stays as it was.</Alert>
        )}
        <Tabs
          activeTabId={open.id}
          ariaLabel="Parts of the report"
          onChange={({ detail: { activeTabId } }) =>
            window.history.replaceState(
              null,
              "",
              activeTabId === TABS[0].id ? pathname : `${pathname}?tab=${activeTabId}`,
            )
          }
          tabs={TABS.map(({ id, label }) => ({
            id,
            label,
            content: id === open.id && (
              <SpaceBetween size="l">
                {id === "summary" && <Summary detail={detail} />}
                {shown.map((section) => (
                  <Container key={section.id} header={<Header variant="h2">{section.title}</Header>}>
                    <Blocks section={section} />
                  </Container>
                ))}
                {id === "owners" && owners.length > 0 && <Owners sections={owners} />}
              </SpaceBetween>
            ),
          }))}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Summary({ detail: { report, document } }: { detail: ReportDetail }) {
  const { stage } = report;
  const summary = document.sections.find(({ id }) => id === "summary");
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Summary</Header>}>
        <SpaceBetween size="m">
          {summary && <Blocks section={summary} />}
          <ul>
            {document.summary.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">Version</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: "Version", value: String(report.number) },
            { label: "Stage", value: <Status type={STAGES[stage].type}>{STAGES[stage].text}</Status> },
            {
              label: "Period",
              value: `${formatDay(report.start)} to ${formatDay(addDays(parsePlainDate(report.endExclusive), -1))}`,
            },
            { label: "Figures as of", value: <Instant at={report.asOf} /> },
            { label: "Computed", value: <Instant at={report.computedAt} /> },
            { label: "By", value: <CodeWords text={actorLabel(report.computedBy)} /> },
            { label: "Why this version", value: report.reason ?? "No reason was needed" },
            { label: "SHA-256 of the JSON", value: <span className="mqs-break">{report.sha256}</span> },
            ...(report.open.length > 0 ? [{ label: "Not final because", value: report.open.join(" ") }] : []),
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}

/** One owner at a time: an organisation has hundreds. */
function Owners({ sections }: { sections: readonly Section[] }) {
  const [chosen, setChosen] = useState(sections[0]?.id);
  const section = sections.find(({ id }) => id === chosen) ?? sections[0];
  const options = sections.map(({ id, title }) => ({ value: id, label: title }));
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${sections.length})`}
          actions={
            <Select
              ariaLabel="Owner"
              selectedOption={options.find(({ value }) => value === section?.id) ?? null}
              options={options}
              filteringType="auto"
              filteringAriaLabel="Find an owner"
              onChange={({ detail }) => setChosen(detail.selectedOption.value)}
            />
          }
        >
          Owners
        </Header>
      }
    >
      {section && <Blocks section={section} />}
    </Container>
  );
}

function Blocks({ section }: { section: Section }) {
  return (
    <SpaceBetween size="l">
      {section.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a frozen report never move
        <ReportBlock key={`${section.id} ${index}`} block={block} />
      ))}
    </SpaceBetween>
  );
}
