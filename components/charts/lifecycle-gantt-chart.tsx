"use client";

import Box from "@cloudscape-design/components/box";
import { Fragment, type KeyboardEvent, useId, useRef, useState } from "react";
import { TOKENS } from "@/components/ui/tokens";
import { GANTT_PHASES, type GanttRow, type LifecycleGantt } from "@/lib/chart-models/lifecycle-gantt";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip, type TooltipLine } from "./chart-tooltip";
import { EndMarker, GanttPatterns, PHASE_LOOKS, PhaseBar } from "./lifecycle-gantt-patterns";

/** What is written beside and about a row of the model. */
export interface GanttRowText {
  title: string;
  /** Behind the title, e.g. how many brokers. */
  count: string;
  /** Below it: where it stands. */
  status: string;
  /** Everything about it, for whoever points at it or reaches it by keyboard. */
  details: { lines: readonly TooltipLine[]; note: string };
}

interface LifecycleGanttChartProps {
  title: string;
  summary: string;
  model: LifecycleGantt;
  /** Rows of the model by group, in their order. */
  groups: readonly { title: string; rows: readonly GanttRow[] }[];
  textOf: (id: string) => GanttRowText;
  formatTick: (day: string) => string;
  todayLabel: string;
  /** Asked for by keyboard: an earlier (-1) or later (1) window, a closer (-1) or wider (1) one. */
  onMove: (direction: -1 | 1) => void;
  onZoom: (direction: -1 | 1) => void;
  notes?: readonly string[];
  table: { columns: readonly string[]; rows: readonly (readonly string[])[] };
}

const BAR = { y: "28%", height: "44%" } as const;
const AXIS_HEIGHT = 40;

/** A timeline of bars made of phases, with today, ends of support and a details card for the row under the pointer or in focus. */
export function LifecycleGanttChart(props: LifecycleGanttChartProps) {
  const { title, summary, model, groups, textOf, formatTick, todayLabel, onMove, onZoom, notes, table } = props;
  const prefix = useId();
  const cardId = `${prefix}-card`;
  const names = useRef(new Map<string, HTMLButtonElement>());
  const ids = groups.flatMap(({ rows }) => rows.map(({ id }) => id));
  const [reached, setReached] = useState<string | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const entrance = reached !== null && ids.includes(reached) ? reached : ids[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) {
      const next = ids[ids.indexOf(reached ?? "") + step];
      if (next) names.current.get(next)?.focus();
    } else if (event.key === "ArrowLeft") onMove(-1);
    else if (event.key === "ArrowRight") onMove(1);
    else if (event.key === "+") onZoom(-1);
    else if (event.key === "-") onZoom(1);
    else if (event.key === "Escape") setActive(null);
    else return;
    event.preventDefault();
  };

  return (
    <ChartFrame title={title} summary={summary} notes={notes} table={table}>
      <GanttPatterns prefix={prefix} />
      <Legend prefix={prefix} />
      <div className="mqs-gantt">
        <div />
        <Axis model={model} formatTick={formatTick} todayLabel={todayLabel} />
        {groups.map((group) => (
          <Fragment key={group.title}>
            <div className="mqs-gantt-group">{group.title}</div>
            {group.rows.map((row, index) => {
              const { title: name, count, status, details } = textOf(row.id);
              const isActive = row.id === active;
              return (
                <Fragment key={row.id}>
                  <button
                    type="button"
                    className={`mqs-gantt-name${isActive ? " mqs-active" : ""}`}
                    ref={(element) => {
                      if (element) names.current.set(row.id, element);
                      else names.current.delete(row.id);
                    }}
                    tabIndex={row.id === entrance ? 0 : -1}
                    aria-expanded={isActive}
                    aria-describedby={isActive ? cardId : undefined}
                    onFocus={() => {
                      setReached(row.id);
                      setActive(row.id);
                    }}
                    onBlur={() => setActive(null)}
                    onKeyDown={onKeyDown}
                    onClick={() => setActive(row.id)}
                    onPointerEnter={() => setActive(row.id)}
                    onPointerLeave={() => setActive(null)}
                  >
                    <strong>{name}</strong> <span style={{ whiteSpace: "nowrap" }}>{count}</span>
                    <Box variant="small" display="block" color="text-body-secondary">
                      {status}
                    </Box>
                  </button>
                  <div
                    className={`mqs-gantt-row${isActive ? " mqs-active" : ""}`}
                    onPointerEnter={() => setActive(row.id)}
                    onPointerLeave={() => setActive(null)}
                  >
                    <RowPicture row={row} model={model} prefix={prefix} />
                    {isActive && (
                      <div
                        id={cardId}
                        role="tooltip"
                        className="mqs-gantt-card"
                        style={index < group.rows.length / 2 ? { insetBlockStart: "100%" } : { insetBlockEnd: "100%" }}
                      >
                        <ChartTooltip title={name} lines={details.lines} note={details.note} />
                      </div>
                    )}
                  </div>
                </Fragment>
              );
            })}
          </Fragment>
        ))}
      </div>
    </ChartFrame>
  );
}

const percent = (value: number) => `${value}%`;

function Axis({
  model,
  formatTick,
  todayLabel,
}: Pick<LifecycleGanttChartProps, "model" | "formatTick" | "todayLabel">) {
  const text = { fill: TOKENS.colorTextBodySecondary, fontSize: 12 } as const;
  return (
    <svg aria-hidden="true" height={AXIS_HEIGHT}>
      {model.ticks
        .filter(({ labelled }) => labelled)
        .map(({ day, at }) => (
          <text key={day} x={percent(at)} y={AXIS_HEIGHT - 6} textAnchor={anchorOf(at, 8)} {...text}>
            {formatTick(day)}
          </text>
        ))}
      {model.todayAt !== null && (
        <text
          x={percent(model.todayAt)}
          y={14}
          textAnchor={anchorOf(model.todayAt, 16)}
          fill={TOKENS.colorTextBodyDefault}
          fontSize={12}
          fontWeight={700}
        >
          {todayLabel}
        </text>
      )}
    </svg>
  );
}

/** Labels nearer to an edge than `room` percent grow away from it, so that none is cut. */
function anchorOf(at: number, room: number): "start" | "middle" | "end" {
  if (at < room) return "start";
  return at > 100 - room ? "end" : "middle";
}

function RowPicture({ row, model, prefix }: { row: GanttRow; model: LifecycleGantt; prefix: string }) {
  return (
    <svg aria-hidden="true">
      {model.ticks.map(({ day, at }) => (
        <line key={day} x1={percent(at)} x2={percent(at)} y1="0" y2="100%" stroke={TOKENS.colorChartsLineGrid} />
      ))}
      {row.segments.map(({ phase, left, width }) => (
        <PhaseBar key={phase} prefix={prefix} phase={phase} x={percent(left)} width={percent(width)} {...BAR} />
      ))}
      {row.segments.some(({ openStart }) => openStart) && <Chevron x="0" points="7,-5 2,0 7,5" />}
      {row.segments.some(({ openEnd }) => openEnd) && <Chevron x="100%" points="-7,-5 -2,0 -7,5" />}
      {row.outside && (
        <text
          x={row.outside === "before" ? "4" : "100%"}
          dx={row.outside === "before" ? 0 : -4}
          y="50%"
          dominantBaseline="central"
          textAnchor={row.outside === "before" ? "start" : "end"}
          fill={TOKENS.colorTextBodySecondary}
          fontSize={12}
        >
          {row.outside === "before" ? "‹ earlier" : "later ›"}
        </text>
      )}
      {model.todayAt !== null && (
        <line
          x1={percent(model.todayAt)}
          x2={percent(model.todayAt)}
          y1="0"
          y2="100%"
          stroke={TOKENS.colorTextBodyDefault}
          strokeWidth={2}
          strokeDasharray="6 3"
        />
      )}
      {row.markers.map(({ kind, day, at }) => (
        <EndMarker key={`${kind} ${day}`} kind={kind} x={percent(at)} y="50%" />
      ))}
    </svg>
  );
}

/** Says at the edge that a bar goes on. */
function Chevron({ x, points }: { x: string; points: string }) {
  return (
    <svg aria-hidden="true" x={x} y="50%" overflow="visible" width={1} height={1}>
      <polyline
        points={points}
        fill="none"
        stroke={TOKENS.colorBackgroundContainerContent}
        strokeWidth={5}
        strokeLinecap="round"
      />
      <polyline
        points={points}
        fill="none"
        stroke={TOKENS.colorTextBodyDefault}
        strokeWidth={2}
        strokeLinecap="round"
      />
    </svg>
  );
}

function Legend({ prefix }: { prefix: string }) {
  const item = { display: "flex", alignItems: "center", gap: 6 } as const;
  return (
    <ul style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", listStyle: "none", margin: "4px 0", padding: 0 }}>
      {GANTT_PHASES.map((phase) => (
        <li key={phase} style={item}>
          <svg aria-hidden="true" width={28} height={14}>
            <PhaseBar prefix={prefix} phase={phase} x={0.5} y={0.5} width={27} height={13} />
          </svg>
          <Box variant="small">{PHASE_LOOKS[phase].label}</Box>
        </li>
      ))}
      {(
        [
          ["end-of-support", "End of support (AWS)"],
          ["upstream-end", "Upstream end of life, not AWS's date"],
        ] as const
      ).map(([kind, label]) => (
        <li key={kind} style={item}>
          <svg aria-hidden="true" width={18} height={18}>
            <EndMarker kind={kind} x={9} y={9} />
          </svg>
          <Box variant="small">{label}</Box>
        </li>
      ))}
    </ul>
  );
}
