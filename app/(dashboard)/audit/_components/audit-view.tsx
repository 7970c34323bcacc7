"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { PagedTable } from "@/components/list/paged-table";
import { AllClear } from "@/components/states/empty-states";
import { CodeBlock } from "@/components/ui/code-block";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
import { type AuditEventItem, type AuditQuery, auditQuery } from "@/lib/contracts/audit";
import { auditCsvHref, auditQueryOptions } from "@/lib/queries/audit";
import { auditSearch } from "@/lib/queries/audit.keys";
import { AuditFilter } from "./audit-filter";
import { AuditProtection, SealedMonths } from "./audit-seals";

/** Who changed what, when, from where: the record that nobody can change. */
export function AuditView() {
  const pathname = usePathname();
  const search = useSearchParams();
  const { page: pageText, ...wanted } = Object.fromEntries(search);
  const parsed = auditQuery.safeParse(wanted);
  const input: AuditQuery = parsed.success ? parsed.data : auditQuery.parse({});
  const page = Math.max(1, Number(pageText) || 1);
  const reading = useQuery(auditQueryOptions(input));
  const { data } = reading;
  const { limit, cursor: _, ...filter } = input;
  const filtered = auditSearch(filter) !== "";
  const go = (next: Partial<AuditQuery>, nextPage = 1) => {
    const text = new URLSearchParams(auditSearch(next));
    if (nextPage > 1) text.set("page", String(nextPage));
    window.history.pushState(null, "", text.size > 0 ? `${pathname}?${text}` : pathname);
  };
  return (
    <PagedTable
      variant="full-page"
      reading={reading}
      what="events"
      failed="The audit"
      place={{ listKey: auditSearch(filter), page, cursor: input.cursor, limit }}
      goTo={(next, cursor) => go({ ...input, cursor }, next)}
      filtered={filtered}
      onClear={() => go({ limit })}
      allClear={
        <AllClear title="Nothing has been changed yet">
          Changes of settings, accounts, people and findings appear here with who made them.
        </AllClear>
      }
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: "Audit" }}
      header={
        <Header
          variant="h1"
          counter={data ? `(${data.total})` : undefined}
          description={<AuditProtection />}
          actions={
            <SpaceBetween size="xs" direction="horizontal">
              <SealedMonths />
              <Button iconName="download" href={auditCsvHref(input)} download>
                Export CSV
              </Button>
            </SpaceBetween>
          }
        >
          Audit
        </Header>
      }
      filter={
        <AuditFilter
          key={auditSearch(filter)}
          filter={filter}
          actions={data?.actions ?? []}
          onChange={(next) => go({ ...next, limit })}
        />
      }
      columnDefinitions={[
        { id: "at", header: "When", isRowHeader: true, minWidth: 140, cell: ({ at }) => <Instant at={at} /> },
        { id: "actor", header: "Who", minWidth: 220, cell: (event) => <Who event={event} /> },
        {
          id: "action",
          header: "Action",
          minWidth: 115,
          cell: ({ action }) => (
            <span className="mqs-words">
              <CodeWords text={action} />
            </span>
          ),
        },
        {
          id: "subject",
          header: "What",
          minWidth: 160,
          cell: ({ subjectType, subjectKey }) => (
            <span className="mqs-words">
              <CodeWords text={`${subjectType} ${subjectKey}`} />
            </span>
          ),
        },
        { id: "change", header: "Before and after", minWidth: 125, cell: (event) => <Change event={event} /> },
        {
          id: "remote",
          header: "Address, request id",
          minWidth: 150,
          cell: ({ remote, requestId }) => (
            <div className="mqs-break">
              {remote ?? "–"}
              {requestId && <Box variant="small">{requestId}</Box>}
            </div>
          ),
        },
      ]}
    />
  );
}

function Who({ event: { actor, personName } }: { event: AuditEventItem }) {
  return (
    <div className="mqs-break">
      {personName ?? actor}
      {personName && (
        <Box color="text-body-secondary">
          <CodeWords text={actor} />
        </Box>
      )}
    </div>
  );
}

function Change({ event: { before, after, action, subjectKey } }: { event: AuditEventItem }) {
  if (before === null && after === null) return "–";
  return (
    <ExpandableSection headerText="Details" headerAriaLabel={`Details of ${action} ${subjectKey}`}>
      {before !== null && <CodeBlock label={`Before ${action}`} text={JSON.stringify(before, null, 2)} />}
      {after !== null && <CodeBlock label={`After ${action}`} text={JSON.stringify(after, null, 2)} />}
    </ExpandableSection>
  );
}
