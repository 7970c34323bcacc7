"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { engineLabel } from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { Status } from "@/components/ui/status";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { CalendarRow, CalendarView } from "@/lib/contracts/reference";
import type { CalendarRowKind } from "@/lib/domain/reference-kind";
import { referenceCalendarQuery } from "@/lib/queries/reference";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { draftOf, type OverrideDraft, OverrideForm } from "./override-form";
import { Provenance } from "./provenance";
import { WithdrawForm } from "./withdraw-form";

type Open = { form: "override"; draft: OverrideDraft } | { form: "withdraw"; id: number; name: string } | null;

const TITLES: Readonly<Record<CalendarRowKind, { title: string; row: string }>> = {
  "engine-line": { title: "Support calendar of engine lines", row: "Engine line" },
  "instance-type": { title: "Support calendar of instance types", row: "Instance type" },
};

/** Rows of the calendar with all their sides: what decides, what was shipped, overridden, published, and what AWS offers live. */
export function CalendarPanel({ kind }: { kind: CalendarRowKind }) {
  const { data, error, refetch, isFetching } = useQuery(referenceCalendarQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The support calendar" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the support calendar" height={480} />
    );
  }
  return <Calendar data={data} kind={kind} />;
}

function Calendar({ data, kind }: { data: CalendarView; kind: CalendarRowKind }) {
  const may = useQuery({ ...sessionQuery(), select: mayOf("reference:write") }).data ?? false;
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const rows = data.rows.filter((row) => row.kind === kind);
  const differing = rows.filter(({ differences }) => differences.length > 0).length;
  const { title, row: rowTitle } = TITLES[kind];
  return (
    <>
      <Table
        variant="embedded"
        items={rows}
        trackBy={nameOf}
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant="h2"
            counter={`(${rows.length})`}
            description={
              `Dates are the first day past support; AWS gives 90 days notice, what comes later cannot be known. ${differing === 0 ? "No row has sides" : differing === 1 ? "1 row has sides" : `${differing} rows have sides`} that differ; ` +
              `nothing is merged silently. ${offersRead(data)}`
            }
          >
            {title}
          </Header>
        }
        columnDefinitions={[
          { id: "row", header: rowTitle, isRowHeader: true, minWidth: 150, cell: (row) => <RowName row={row} /> },
          { id: "inForce", header: "In force", minWidth: 180, cell: (row) => <InForce row={row} /> },
          { id: "shipped", header: "Shipped", minWidth: 170, cell: (row) => <Shipped row={row} /> },
          {
            id: "override",
            header: "Override",
            minWidth: 110,
            cell: (row) => (
              <Overrides
                row={row}
                onOverride={may ? () => setOpen({ form: "override", draft: draftOf(row) }) : null}
                onWithdraw={may ? (id) => setOpen({ form: "withdraw", id, name: nameOf(row) }) : null}
              />
            ),
          },
          ...(kind === "engine-line"
            ? [
                {
                  id: "published",
                  header: "Published source",
                  minWidth: 110,
                  cell: (row: CalendarRow) => (
                    <Published
                      row={row}
                      data={data}
                      onAdopt={may ? (draft) => setOpen({ form: "override", draft }) : null}
                    />
                  ),
                },
              ]
            : []),
          { id: "live", header: "AWS live", minWidth: 120, cell: (row) => <Live row={row} /> },
        ]}
      />
      {open?.form === "override" && <OverrideForm draft={open.draft} onClose={close} />}
      {open?.form === "withdraw" && <WithdrawForm what="override" id={open.id} name={open.name} onClose={close} />}
    </>
  );
}

/** "RabbitMQ 3.13", "ActiveMQ mq.m5.large" */
export function nameOf({ engine, key }: Pick<CalendarRow, "engine" | "key">): string {
  return `${engineLabel(engine)} ${key}`;
}

function offersRead({ offersReadAt }: CalendarView): string {
  return offersReadAt === null
    ? "What AWS offers live was never read."
    : `What AWS offers live was read on ${formatInstant(offersReadAt)}.`;
}

/** A date, or what its absence means. */
function endText(endOfSupport: string | null, announced: boolean | null): string {
  if (endOfSupport !== null) return formatDay(endOfSupport);
  return announced === false ? "None announced" : "Unknown";
}

function RowName({ row }: { row: CalendarRow }) {
  const { brokers, engine, key, kind } = row;
  const property = kind === "engine-line" ? "engineLine" : "instanceType";
  const query = new URLSearchParams([
    ["engine", engine],
    ["filter", `${property}=${key}`],
  ]);
  return (
    <div>
      {nameOf(row)}
      <Box color="text-body-secondary">
        {brokers === 0 ? (
          "No brokers"
        ) : (
          <AppLink href={`/brokers?${query}`} ariaLabel={`${brokers} brokers on ${nameOf(row)}`}>
            {brokers === 1 ? "1 broker" : `${brokers} brokers`}
          </AppLink>
        )}
      </Box>
    </div>
  );
}

function InForce({ row: { inForce, differences } }: { row: CalendarRow }) {
  return (
    <SpaceBetween size="xxs">
      {inForce ? (
        <div>
          <SupportStatus status={inForce.status} stage={inForce.stage} endOfSupport={inForce.endOfSupport} />
          {inForce.endOfSupport === null && (
            <Box color="text-body-secondary">
              {inForce.status === "supported"
                ? `No end date published as of ${formatDay(inForce.checkedOn)}`
                : inForce.sentence}
            </Box>
          )}
        </div>
      ) : (
        <Status type="pending">Not in the calendar</Status>
      )}
      {differences.map((difference) => (
        <Status key={difference} type="warning">
          {difference}
        </Status>
      ))}
    </SpaceBetween>
  );
}

function Shipped({ row }: { row: CalendarRow }) {
  const { shipped, upstream } = row;
  return (
    <SpaceBetween size="xxs">
      {shipped ? (
        <>
          <Box>{endText(shipped.endOfSupport, shipped.announced)}</Box>
          <Provenance of={nameOf(row)} {...shipped} />
        </>
      ) : (
        <Box color="text-body-secondary">Not shipped</Box>
      )}
      {upstream && (
        <Box color="text-body-secondary">
          Upstream project, not AWS: {upstream.endOfLife ? `ends ${formatDay(upstream.endOfLife)}` : "no end"}
          {upstream.verified ? "" : " (unverified)"}
        </Box>
      )}
    </SpaceBetween>
  );
}

function Overrides({
  row,
  onOverride,
  onWithdraw,
}: {
  row: CalendarRow;
  onOverride: (() => void) | null;
  onWithdraw: ((id: number) => void) | null;
}) {
  const standing = row.overrides.find(({ endedAt }) => endedAt === null);
  const past = row.overrides.filter(({ endedAt }) => endedAt !== null);
  if (row.overrides.length === 0 && !onOverride) return "–";
  return (
    <SpaceBetween size="xxs">
      {!standing && <Box color="text-body-secondary">None</Box>}
      {standing && (
        <>
          <Box fontWeight="bold">{endText(standing.endOfSupport, false)}</Box>
          {standing.creatable !== null && <Box>{standing.creatable ? "Brokers can be created" : "No new brokers"}</Box>}
          <span className="mqs-break">{standing.reason}</span>
          <Box color="text-body-secondary">
            <span className="mqs-break">
              {standing.madeBy}, {formatInstant(standing.madeAt)}
              {standing.source ? `, ${standing.source}` : ""}
            </span>
          </Box>
          {onWithdraw && (
            <Button
              variant="inline-link"
              ariaLabel={`Take the override of ${nameOf(row)} back`}
              onClick={() => onWithdraw(standing.id)}
            >
              Take back
            </Button>
          )}
        </>
      )}
      {onOverride && (
        <Button variant="inline-link" ariaLabel={`Override ${nameOf(row)}`} onClick={onOverride}>
          Override
        </Button>
      )}
      {past.length > 0 && (
        <ExpandableSection
          headerText={`History (${past.length})`}
          headerAriaLabel={`Earlier overrides of ${nameOf(row)}`}
        >
          {past.map(({ id, endOfSupport, reason, madeBy, madeAt, endedAt, endedBy, endedReason }) => (
            <Box key={id} color="text-body-secondary">
              <span className="mqs-break">
                {endText(endOfSupport, false)}: {reason} ({madeBy}, {formatInstant(madeAt)}). Ended by {endedBy} on{" "}
                {endedAt && formatInstant(endedAt)}: {endedReason}
              </span>
            </Box>
          ))}
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function Published({
  row,
  data,
  onAdopt,
}: {
  row: CalendarRow;
  data: CalendarView;
  onAdopt: ((draft: OverrideDraft) => void) | null;
}) {
  const source = data.published.find(({ engine }) => engine === row.engine);
  if (!source?.importedAt) return <Box color="text-body-secondary">Not loaded</Box>;
  const { published } = row;
  if (!published) return <Box color="text-body-secondary">Not listed</Box>;
  const said =
    published.endOfSupport === null
      ? published.ended
        ? "Ended, no day given"
        : "None announced"
      : formatDay(published.endOfSupport);
  const same = row.inForce !== null && row.inForce.endOfSupport === published.endOfSupport;
  const adoptable = onAdopt !== null && !same && (published.endOfSupport !== null || !published.ended);
  return (
    <SpaceBetween size="xxs">
      <Status type={same ? "success" : "warning"}>{said}</Status>
      <Box color="text-body-secondary">
        <span className="mqs-break">
          {source.originName}, loaded {formatInstant(source.importedAt)}
        </span>
      </Box>
      {adoptable && (
        <Button
          variant="inline-link"
          ariaLabel={`Adopt the published date of ${nameOf(row)} as override`}
          onClick={() =>
            onAdopt({
              ...draftOf(row),
              endOfSupport: published.endOfSupport,
              source: source.originName ?? "",
              reason: `As published: ${published.endOfSupport === null ? "no end of support announced" : `end of support on ${published.endOfSupport}`} (${source.originName}, loaded ${formatInstant(source.importedAt ?? "")}).`,
            })
          }
        >
          Adopt as override
        </Button>
      )}
    </SpaceBetween>
  );
}

function Live({ row: { live } }: { row: CalendarRow }) {
  if (!live) return <Box color="text-body-secondary">Not read</Box>;
  return live.regions > 0 ? (
    <Status type="success">{`Offered in ${live.regions === 1 ? "1 region" : `${live.regions} regions`}`}</Status>
  ) : (
    <Status type="stopped">Not offered</Status>
  );
}
