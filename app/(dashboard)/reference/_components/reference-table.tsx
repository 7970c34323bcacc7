"use client";

import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { deploymentModeLabel, sentenceCase } from "@/components/broker/labels";
import { NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatCount } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay } from "@/components/ui/times";
import type { ReferenceTable as Data } from "@/lib/contracts/reference";
import type { ReferenceTableKind } from "@/lib/domain/reference-kind";
import { referenceTableQuery, TABLE_PAGE } from "@/lib/queries/reference";
import { Provenance } from "./provenance";

/** Columns of words of our own: "unknown", "high". */
const CODES = new Set(["severity", "kev"]);
/** Columns of days. */
const DAYS = new Set(["since", "published", "asOf"]);
/** Columns whose values are read in one piece. */
const NO_WRAP = new Set(["since", "published", "asOf"]);
/** Columns of running text, which need room. */
const WIDE = new Set(["title", "meaning", "effect", "remediation", "description", "text", "affected"]);

/** One kind of reference data. What is searched and the page are part of the address. */
export function ReferenceTable({ kind }: { kind: ReferenceTableKind }) {
  const pathname = usePathname();
  const search = useSearchParams();
  const q = search.get(`${kind}.q`) ?? "";
  const page = Math.max(1, Number(search.get(`${kind}.page`)) || 1);
  const { data, error, refetch, isFetching } = useQuery(referenceTableQuery(kind, { q, page }));
  const go = (next: { q: string; page: number }) => {
    const params = new URLSearchParams(search);
    params.delete(`${kind}.q`);
    params.delete(`${kind}.page`);
    if (next.q) params.set(`${kind}.q`, next.q);
    if (next.page > 1) params.set(`${kind}.page`, String(next.page));
    window.history.replaceState(null, "", `${pathname}?${params}`);
  };
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The table" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the table" height={320} />
    );
  }
  return <Rows key={q} data={data} q={q} page={page} onGo={go} />;
}

function Rows({
  data,
  q,
  page,
  onGo,
}: {
  data: Data;
  q: string;
  page: number;
  onGo(next: { q: string; page: number }): void;
}) {
  const [text, setText] = useState(q);
  const { title, description, columns, items, total, unverified, notes } = data;
  const of = (item: Data["items"][number]) => item.cells[columns[0]?.id ?? ""] ?? item.id;
  return (
    <SpaceBetween size="s">
      <Table
        variant="embedded"
        items={items}
        trackBy="id"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant="h2"
            counter={`(${formatCount(total)})`}
            description={`${description}${unverified > 0 ? ` ${formatCount(unverified)} ${unverified === 1 ? "row is" : "rows are"} unverified.` : ""}`}
          >
            {title}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={text}
            filteringPlaceholder="Find in this table"
            filteringAriaLabel={`Find in ${title}`}
            filteringClearAriaLabel="Clear"
            onChange={({ detail }) => setText(detail.filteringText)}
            onDelayedChange={({ detail }) => onGo({ q: detail.filteringText.trim(), page: 1 })}
          />
        }
        pagination={
          total > TABLE_PAGE && (
            <Pagination
              currentPageIndex={page}
              pagesCount={Math.ceil(total / TABLE_PAGE)}
              ariaLabels={{
                paginationLabel: `Pages of ${title}`,
                nextPageLabel: "Next page",
                previousPageLabel: "Previous page",
                pageLabel: (number) => `Page ${number}`,
              }}
              onChange={({ detail }) => onGo({ q, page: detail.currentPageIndex })}
            />
          )
        }
        columnDefinitions={[
          ...columns.map(({ id, label }, index) => ({
            id,
            header: label,
            isRowHeader: index === 0,
            minWidth: WIDE.has(id) ? 145 : DAYS.has(id) ? 110 : id === "id" ? 95 : 78,
            cell: (item: Data["items"][number]) => (
              <span style={{ overflowWrap: "break-word", whiteSpace: NO_WRAP.has(id) ? "nowrap" : undefined }}>
                {cellText(id, item.cells[id])}
                {index === 0 && item.origin === "loaded" && (
                  <>
                    {" "}
                    <Badge color="blue">Loaded</Badge>
                  </>
                )}
              </span>
            ),
          })),
          {
            id: "provenance",
            header: "Provenance",
            minWidth: 135,
            cell: (item: Data["items"][number]) => (
              <>
                <Provenance of={of(item)} {...item} />
                {item.difference && <Status type="warning">{item.difference}</Status>}
              </>
            ),
          },
        ]}
        empty={<NothingMatches what="rows" onClear={() => onGo({ q: "", page: 1 })} />}
      />
      {notes.length > 0 && (
        <ExpandableSection headerText={`Notes on the data (${notes.length})`}>
          {notes.map((note) => (
            <Box key={note} variant="p" color="text-body-secondary">
              {note}
            </Box>
          ))}
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function cellText(column: string, text: string | undefined): string {
  if (text === undefined) return "–";
  if (CODES.has(column)) return sentenceCase(text);
  if (column === "mode") return deploymentModeLabel(text);
  return DAYS.has(column) ? formatDay(text) : text;
}
