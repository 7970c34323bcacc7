"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ListPager } from "@/components/list/list-pager";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { AppLink } from "@/components/ui/app-link";
import { formatCount, formatKpiFigure } from "@/components/ui/figures";
import type { KpiContributors as Contributors, KpiView } from "@/lib/contracts/kpis";
import { kpiContributorsQuery } from "@/lib/queries/kpis";

const LIMIT = 25;
const GROUPS = [
  { id: "numerator", text: "In the numerator" },
  { id: "not-in-numerator", text: "Not in the numerator" },
  { id: "unknown", text: "Unknown" },
  { id: "excluded", text: "Left out" },
] as const;
type Group = (typeof GROUPS)[number]["id"];
type Item = Contributors["items"][number];

/** Exactly the brokers, findings or records behind a value. Of a share it begins with those that could be better, else with what the value is made of. */
export function KpiContributors({ id, unit, series }: Pick<KpiView, "id" | "unit"> & { series: string }) {
  const [chosen, setChosen] = useState<Group | null>(null);
  const [page, setPage] = useState<{ number: number; cursor: string | undefined }>({ number: 1, cursor: undefined });
  const counts = useQuery(kpiContributorsQuery(id, searchOf(series, null, 1))).data?.counts;
  const group = chosen ?? firstGroup(counts, unit);
  const { data, error, refetch, isFetching } = useQuery({
    ...kpiContributorsQuery(id, searchOf(series, group, LIMIT, page.cursor)),
    enabled: counts !== undefined,
  });
  // A column that says nothing of any row is left out.
  const has = (fact: (item: Item) => unknown) => data?.items.some((item) => fact(item) !== null) ?? false;
  const total = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : undefined;
  return (
    <Table
      variant="container"
      items={error ? [] : (data?.items ?? [])}
      trackBy={({ kind, key, label, detail }) => `${kind} ${key} ${label} ${detail}`}
      loading={!data && !error}
      loadingText="Reading"
      wrapLines
      ariaLabels={{ tableLabel: "What is behind it" }}
      header={
        <Header variant="h2" counter={total === undefined ? undefined : `(${formatCount(total)})`}>
          What is behind it
        </Header>
      }
      filter={
        <SegmentedControl
          label="Group"
          selectedId={group}
          options={GROUPS.map(({ id: key, text }) => ({
            id: key,
            text: counts ? `${text} (${formatCount(counts[key])})` : text,
          }))}
          onChange={({ detail }) => {
            setChosen(GROUPS.find(({ id: key }) => key === detail.selectedId)?.id ?? null);
            setPage({ number: 1, cursor: undefined });
          }}
        />
      }
      pagination={
        data && (
          <ListPager
            what="contributors"
            listKey={`${series} ${group}`}
            page={page.number}
            cursor={page.cursor}
            nextCursor={data.nextCursor}
            limit={LIMIT}
            shown={data.items.length}
            total={data.total}
            goTo={(number, cursor) => setPage({ number, cursor })}
          />
        )
      }
      columnDefinitions={[
        { id: "label", header: "What", isRowHeader: true, minWidth: 200, cell: (item) => <Subject item={item} /> },
        {
          id: "detail",
          header: "Facts",
          minWidth: 220,
          cell: ({ detail }) => <span className="mqs-break">{detail}</span>,
        },
        ...(has(({ reason }) => reason)
          ? [{ id: "reason", header: "Why", minWidth: 160, cell: ({ reason }: Item) => reason ?? "–" }]
          : []),
        ...(has(({ amount }) => amount)
          ? [
              {
                id: "amount",
                header: "Adds",
                minWidth: 100,
                cell: ({ amount, series: of }: Item) => (amount ? formatKpiFigure(amount.value, amount.unit, of) : "–"),
              },
            ]
          : []),
      ]}
      empty={
        error ? (
          <ErrorState error={error} what="What is behind it" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <AllClear title="Nothing in this group" />
        )
      }
    />
  );
}

function Subject({ item: { kind, key, label } }: { item: Item }) {
  if (kind === "broker") return <AppLink href={`/brokers/${key}`}>{label}</AppLink>;
  if (kind === "episode") return <AppLink href={`/findings/${key}`}>{label}</AppLink>;
  return <Box variant="span">{label}</Box>;
}

function firstGroup(counts: Contributors["counts"] | undefined, unit: KpiView["unit"]): Group {
  const best: readonly Group[] =
    unit === "percent" ? ["not-in-numerator", "numerator"] : ["numerator", "not-in-numerator"];
  const order: readonly Group[] = [...best, "unknown", "excluded"];
  return order.find((group) => (counts?.[group] ?? 0) > 0) ?? "numerator";
}

function searchOf(series: string, group: Group | null, limit: number, cursor?: string): string {
  const search = new URLSearchParams({ series, limit: String(limit) });
  if (group !== null) search.set("group", group);
  if (cursor !== undefined) search.set("cursor", cursor);
  return search.toString();
}
