"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { type GanttRowText, LifecycleGanttChart } from "@/components/charts/lifecycle-gantt-chart";
import { InfoLink } from "@/components/shell/help";
import { formatNumberOf } from "@/components/ui/figures";
import { formatDay, formatMonth } from "@/components/ui/times";
import { GANTT_ZOOMS, type GanttZoom, ganttWindow, lifecycleGantt } from "@/lib/chart-models/lifecycle-gantt";
import type { LifecycleEntryView, LifecycleView } from "@/lib/contracts/lifecycle";
import { dayOr, endText, entryStatus, entryTitle, upstreamText } from "./lifecycle-words";

const DEFAULT_ZOOM: GanttZoom = 36;
const GROUPS = [
  { kind: "engine-line", title: "Engine lines" },
  { kind: "instance-type", title: "Instance types" },
] as const;
const COLUMNS = [
  "Line or type",
  "Brokers",
  "Status",
  "First offered",
  "Notice from",
  "New brokers refused from",
  "End of support",
  "AWS may upgrade before",
  "Next line",
  "Upstream end of life",
  "Read on",
  "Source",
];

const HELP = {
  title: "The timeline",
  body: (
    <div>
      <p>
        AWS ends support per engine line (major.minor) and, by a calendar of its own, per instance type. The dates come
        from the support calendar, each with its source and the day it was read.
      </p>
      <p>
        <strong>Engine lines</strong>: AWS gives at least 90 days notice, refuses new brokers in the last 30, and from
        the end of support on upgrades brokers within 45 days, in one of their own maintenance windows.
      </p>
      <p>
        <strong>Instance types</strong>: no upgrade is promised. After the end a broker may be unreachable.
      </p>
      <p>
        <strong>No end date published</strong> is not supported for ever. What lies more than 90 days after the day the
        calendar was read is not knowable.
      </p>
      <p>
        Keyboard: up and down go from row to row, left and right move the timeline, + and - zoom, Escape closes the
        details.
      </p>
    </div>
  ),
};

/** Every engine line, and every instance type that is in use or has an end, on one time axis. */
export function LifecycleTimeline({ data: { entries, today } }: { data: LifecycleView }) {
  const [zoom, setZoom] = useState<GanttZoom>(DEFAULT_ZOOM);
  const [shift, setShift] = useState(0);
  const [allTypes, setAllTypes] = useState(false);
  const shown = entries.filter(
    ({ kind, brokers, endOfSupport }) => kind === "engine-line" || allTypes || brokers > 0 || endOfSupport !== null,
  );
  const rows = shown.map((entry) => ({ ...entry, inUse: entry.brokers > 0 }));
  const window = ganttWindow(rows, today, zoom, shift);
  const model = lifecycleGantt(rows, { window, today });
  const byId = new Map(shown.map((entry) => [entry.id, entry]));
  const kindOf = (id: string) => byId.get(id)?.kind;
  const move = (direction: -1 | 1) => zoom !== null && setShift(shift + (direction * zoom) / 4);
  const select = (next: GanttZoom | undefined) => {
    if (next === undefined) return;
    setZoom(next);
    if (next === null) setShift(0);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          info={<InfoLink topic={HELP} />}
          description={`${formatMonth(window.start)} to ${formatMonth(lastMonth(window.endExclusive))}`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <SegmentedControl
                label="Months shown"
                selectedId={zoomId(zoom)}
                options={GANTT_ZOOMS.map((months) => ({
                  id: zoomId(months),
                  text: months === null ? "All" : `${months} months`,
                }))}
                onChange={({ detail }) => select(GANTT_ZOOMS.find((months) => zoomId(months) === detail.selectedId))}
              />
              <Button iconName="angle-left" ariaLabel="Earlier" disabled={zoom === null} onClick={() => move(-1)} />
              <Button disabled={shift === 0} onClick={() => setShift(0)}>
                Today
              </Button>
              <Button iconName="angle-right" ariaLabel="Later" disabled={zoom === null} onClick={() => move(1)} />
            </SpaceBetween>
          }
        >
          Timeline
        </Header>
      }
      footer={
        <Toggle checked={allTypes} onChange={({ detail }) => setAllTypes(detail.checked)}>
          Also instance types without brokers and without an end date
        </Toggle>
      }
    >
      <LifecycleGanttChart
        title="Lifecycle of engine lines and instance types"
        summary={summaryOf(shown)}
        model={model}
        groups={GROUPS.map(({ kind, title }) => ({ title, rows: model.rows.filter(({ id }) => kindOf(id) === kind) }))}
        textOf={(id) => rowText(byId.get(id))}
        formatTick={formatMonth}
        todayLabel={`Today, ${formatDay(today)}`}
        onMove={move}
        onZoom={(direction) => select(GANTT_ZOOMS[GANTT_ZOOMS.indexOf(zoom) + direction])}
        table={{ columns: COLUMNS, rows: shown.map(tableRow) }}
      />
    </Container>
  );
}

function zoomId(zoom: GanttZoom): string {
  return String(zoom ?? "all");
}

/** A day in the month before a first of the month. */
function lastMonth(endExclusive: string): string {
  return new Date(Date.parse(`${endExclusive}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function summaryOf(entries: readonly LifecycleEntryView[]): string {
  const lines = entries.filter(({ kind }) => kind === "engine-line");
  const used = lines.filter(({ brokers }) => brokers > 0);
  const past = used.filter(({ state }) => state === "past-end-of-support");
  return `${formatNumberOf(used.length, "engine line")} of ${lines.length} in use, ${past.length} of them past end of support.`;
}

function rowText(entry: LifecycleEntryView | undefined): GanttRowText {
  if (!entry) return { title: "", count: "", status: "", details: { lines: [], note: "" } };
  const upstream = upstreamText(entry);
  return {
    title: entryTitle(entry),
    count: entry.brokers > 0 ? `· ${formatNumberOf(entry.brokers, "broker")}` : "",
    status: entryStatus(entry),
    details: {
      lines: [
        {
          label: "Brokers",
          value: `${entry.brokers}${entry.staleBrokers > 0 ? `, ${entry.staleBrokers} seen over 3 days ago` : ""}`,
        },
        ...(entry.offeredSince ? [{ label: "First offered", value: formatDay(entry.offeredSince) }] : []),
        ...(entry.noticeFrom ? [{ label: "Notice from", value: formatDay(entry.noticeFrom) }] : []),
        ...(entry.createBlockedFrom
          ? [{ label: "New brokers refused from", value: formatDay(entry.createBlockedFrom) }]
          : []),
        { label: "End of support", value: entry.endOfSupport ? formatDay(entry.endOfSupport) : "no date" },
        ...(entry.forcedUpgradeEndExclusive
          ? [{ label: "AWS may upgrade before", value: formatDay(entry.forcedUpgradeEndExclusive) }]
          : []),
        ...(entry.nextLine ? [{ label: "Next line", value: entry.nextLine }] : []),
        ...(upstream ? [{ label: "Upstream end of life", value: upstream }] : []),
      ],
      note: `${entry.sentence}${entry.verified === false ? " The row of the calendar is not verified." : ""}`,
    },
  };
}

function tableRow(entry: LifecycleEntryView): string[] {
  const line = entry.kind === "engine-line";
  return [
    entryTitle(entry),
    String(entry.brokers),
    entryStatus(entry),
    dayOr(entry.offeredSince, line ? "not known" : "–"),
    dayOr(entry.noticeFrom, "–"),
    dayOr(entry.createBlockedFrom, "–"),
    endText(entry),
    dayOr(entry.forcedUpgradeEndExclusive, line ? "–" : "no upgrade promised"),
    entry.nextLine ?? "–",
    upstreamText(entry) || "–",
    `${dayOr(entry.checkedOn, "–")}${entry.verified === false ? " (not verified)" : ""}${entry.changedBy ? `, set by ${entry.changedBy}` : ""}`,
    entry.source ?? "–",
  ];
}
