"use client";

import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { useRefusal } from "@/components/shell/use-refusal";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount, formatDecimal } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { ApplicationItem, DrillItem, IncidentItem } from "@/lib/contracts/register";
import { durationText } from "./instant-text";

interface Entries<T> {
  action: ReactNode;
  onChange(entry: T): void;
  onRemove(entry: T): void;
}

/** The incidents of the register, newest first. */
export function IncidentTable({
  incidents,
  applications,
  ...entries
}: Entries<IncidentItem> & { incidents: readonly IncidentItem[]; applications: readonly ApplicationItem[] }) {
  const names = new Map(applications.map(({ id, name }) => [id, name]));
  return (
    <EntryTable
      {...entries}
      title="Incidents"
      items={incidents}
      nameOf={({ title }) => title}
      empty="No incident is recorded"
      columns={[
        {
          id: "title",
          header: "Incident",
          isRowHeader: true,
          minWidth: 180,
          cell: ({ title }) => <span className="mqs-break">{title}</span>,
        },
        { id: "started", header: "Started", minWidth: 130, cell: ({ startedAt }) => <Instant at={startedAt} /> },
        {
          id: "lasted",
          header: "Lasted",
          cell: ({ startedAt, endedAt }) => (endedAt ? durationText(startedAt, endedAt) : "Not ended"),
        },
        {
          id: "cause",
          header: "Cause",
          cell: ({ cause, planned }) => `${sentenceCase(cause)}${planned ? " (planned)" : ""}`,
        },
        { id: "brokers", header: "Brokers", minWidth: 150, cell: ({ brokers }) => <Brokers brokers={brokers} /> },
        {
          id: "applications",
          header: "Applications",
          cell: ({ applicationIds }) =>
            applicationIds.map((id) => names.get(id) ?? `application ${id}`).join(", ") || "None named",
        },
      ]}
    />
  );
}

/** Fail-over drills, the last planned first. */
export function DrillTable({ drills, ...entries }: Entries<DrillItem> & { drills: readonly DrillItem[] }) {
  return (
    <EntryTable
      {...entries}
      title="Fail-over drills"
      items={drills}
      nameOf={({ plannedOn }) => `the drill of ${plannedOn}`}
      empty="No drill is planned"
      columns={[
        {
          id: "planned",
          header: "Planned for",
          isRowHeader: true,
          minWidth: 130,
          cell: ({ plannedOn }) => formatDay(plannedOn),
        },
        { id: "brokers", header: "Brokers", minWidth: 150, cell: ({ brokers }) => <Brokers brokers={brokers} /> },
        { id: "started", header: "Started", cell: ({ startedAt }) => <Instant at={startedAt} /> },
        {
          id: "recovered",
          header: "Recovered after",
          cell: ({ startedAt, recoveredAt }) => (startedAt && recoveredAt ? durationText(startedAt, recoveredAt) : "–"),
        },
        {
          id: "result",
          header: "Result",
          cell: ({ successful }) => (successful === null ? "Not run yet" : successful ? "Successful" : "Failed"),
        },
        {
          id: "problems",
          header: "Observed problems",
          minWidth: 180,
          cell: ({ problems }) => <span className="mqs-words">{problems || "–"}</span>,
        },
      ]}
    />
  );
}

/** Applications that depend on brokers, by name. */
export function ApplicationTable({
  applications,
  ...entries
}: Entries<ApplicationItem> & { applications: readonly ApplicationItem[] }) {
  return (
    <EntryTable
      {...entries}
      title="Applications"
      items={applications}
      nameOf={({ name }) => name}
      empty="No application is registered"
      columns={[
        {
          id: "name",
          header: "Application",
          isRowHeader: true,
          cell: ({ name }) => <span className="mqs-break">{name}</span>,
        },
        { id: "owner", header: "Owner", cell: ({ ownerName }) => ownerName ?? "None" },
        { id: "brokers", header: "Brokers", minWidth: 150, cell: ({ brokers }) => <Brokers brokers={brokers} /> },
        {
          id: "sla",
          header: "SLA target",
          cell: ({ slaTarget }) => (slaTarget === null ? "None" : `${formatDecimal(String(slaTarget), 3)} %`),
        },
        {
          id: "cost",
          header: "Cost of an outage per hour",
          cell: ({ outageCostPerHour, outageCostCurrency }) =>
            outageCostPerHour && outageCostCurrency ? formatAmount(outageCostPerHour, outageCostCurrency) : "Unknown",
        },
        {
          id: "failover",
          header: "Fail-over string attested",
          cell: ({ failoverAttestedAt, failoverAttestedBy }) =>
            failoverAttestedAt ? `${formatInstant(failoverAttestedAt)} by ${failoverAttestedBy ?? "somebody"}` : "No",
        },
      ]}
    />
  );
}

function EntryTable<T extends { id: number }>({
  title,
  items,
  columns,
  nameOf,
  empty,
  action,
  onChange,
  onRemove,
}: Entries<T> & {
  title: string;
  items: readonly T[];
  columns: readonly TableProps.ColumnDefinition<T>[];
  nameOf(entry: T): string;
  empty: string;
}) {
  const refusal = useRefusal("registers:write");
  return (
    <Table
      variant="embedded"
      items={items}
      trackBy={({ id }) => String(id)}
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={
        <Header variant="h2" counter={`(${items.length})`} actions={action}>
          {title}
        </Header>
      }
      columnDefinitions={[
        ...columns,
        {
          id: "actions",
          header: "Actions",
          cell: (entry) => (
            <ButtonDropdown
              variant="icon"
              expandToViewport
              disabled={refusal !== undefined}
              disabledReason={refusal}
              ariaLabel={`Actions for ${nameOf(entry)}`}
              items={[
                { id: "change", text: "Change" },
                { id: "remove", text: "Take back" },
              ]}
              onItemClick={({ detail }) => (detail.id === "change" ? onChange(entry) : onRemove(entry))}
            />
          ),
        },
      ]}
      empty={<AllClear title={empty} />}
    />
  );
}

/** Links to brokers. */
export function Brokers({ brokers }: { brokers: readonly { id: string; name: string }[] }) {
  return (
    <>
      {brokers.map(({ id, name }) => (
        <div key={id}>
          <AppLink href={`/brokers/${id}`}>{name}</AppLink>
        </div>
      ))}
    </>
  );
}
