"use client";

import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import Tabs from "@cloudscape-design/components/tabs";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import type { CutQuery } from "@/lib/contracts/common";
import type { LifecycleEntryView, LifecycleView } from "@/lib/contracts/lifecycle";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { brokersHref, entryFilters, entryTitle } from "./lifecycle-words";

/** A line or type, or the part of it that one owner has. */
interface Row {
  key: string;
  entry: LifecycleEntryView;
  owner: { key: string; label: string } | null;
  cells: LifecycleEntryView["cells"];
}

/** Who runs what: brokers on every line and type in use, by environment and, opened, by owner. */
export function BrokersOnLines({ data, cut }: { data: LifecycleView; cut: CutQuery }) {
  const used = (kind: LifecycleEntryView["kind"]) =>
    data.entries.filter((entry) => entry.kind === kind && entry.brokers > 0);
  const [lines, types] = [used("engine-line"), used("instance-type")];
  return (
    <Container
      header={
        <Header variant="h2" description="Open a row to see its owners; every number leads to its brokers">
          Brokers by owner and environment
        </Header>
      }
    >
      <Tabs
        ariaLabel="Brokers on"
        tabs={[
          {
            id: "lines",
            label: `Engine lines (${lines.length})`,
            content: <Matrix what="engine lines" entries={lines} data={data} cut={cut} />,
          },
          {
            id: "types",
            label: `Instance types (${types.length})`,
            content: <Matrix what="instance types" entries={types} data={data} cut={cut} />,
          },
        ]}
      />
    </Container>
  );
}

function Matrix({
  what,
  entries,
  data,
  cut,
}: {
  what: string;
  entries: readonly LifecycleEntryView[];
  data: LifecycleView;
  cut: CutQuery;
}) {
  const [expanded, setExpanded] = useState<readonly Row[]>([]);
  const present = new Set(entries.flatMap(({ cells }) => cells.map(({ environment }) => environment)));
  const rows = entries.map((entry): Row => ({ key: entry.id, entry, owner: null, cells: entry.cells }));
  return (
    <Table
      variant="embedded"
      items={rows}
      trackBy="key"
      wrapLines
      stickyColumns={{ first: 1 }}
      ariaLabels={{ tableLabel: `Brokers on ${what} by owner and environment` }}
      expandableRows={{
        getItemChildren: (row) => (row.owner ? [] : ownersOf(row.entry, data)),
        isItemExpandable: ({ owner }) => owner === null,
        expandedItems: expanded,
        onExpandableItemToggle: ({ detail: { item, expanded: open } }) =>
          setExpanded((before) => (open ? [...before, item] : before.filter(({ key }) => key !== item.key))),
      }}
      columnDefinitions={[
        {
          id: "name",
          header: what === "engine lines" ? "Line, owner" : "Type, owner",
          isRowHeader: true,
          minWidth: 170,
          cell: ({ entry, owner }) =>
            owner?.label ?? (
              <div>
                {entryTitle(entry)}
                <SupportStatus status={entry.state} stage={entry.stage} endOfSupport={entry.endOfSupport} />
              </div>
            ),
        },
        {
          id: "brokers",
          header: "Brokers",
          minWidth: 75,
          cell: (row) => <Count row={row} cut={cut} />,
        },
        ...ENVIRONMENTS.filter((environment) => present.has(environment)).map((environment) => ({
          id: environment,
          header: sentenceCase(environment),
          minWidth: 75,
          cell: (row: Row) => <Count row={row} cut={cut} environment={environment} />,
        })),
      ]}
      empty={<AllClear title="No broker is in scope" />}
    />
  );
}

function ownersOf(entry: LifecycleEntryView, { owners }: LifecycleView): Row[] {
  return owners.flatMap(({ key, label }) => {
    const cells = entry.cells.filter(({ owner }) => owner === key);
    return cells.length > 0 ? [{ key: `${entry.id} ${key}`, entry, owner: { key, label }, cells }] : [];
  });
}

function Count({ row, cut, environment }: { row: Row; cut: CutQuery; environment?: string }) {
  const count = row.cells
    .filter((cell) => environment === undefined || cell.environment === environment)
    .reduce((sum, { brokers }) => sum + brokers, 0);
  if (count === 0) return "–";
  const href = brokersHref(entryFilters(row.entry), cut, {
    ...(row.owner ? { owner: [row.owner.key] } : {}),
    ...(environment ? { environment: [environment] } : {}),
  });
  const what = [entryTitle(row.entry), row.owner?.label, environment && sentenceCase(environment)].filter(Boolean);
  return (
    <AppLink href={href} ariaLabel={`${count} on ${what.join(", ")}`}>
      {count}
    </AppLink>
  );
}
