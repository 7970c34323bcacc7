"use client";

import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { z } from "zod";
import { factText } from "@/components/broker/fact-text";
import { sentenceCase } from "@/components/broker/labels";
import { CodeWords } from "@/components/ui/code-words";
import { formatInstant } from "@/components/ui/times";
import type { findingDetail } from "@/lib/contracts/findings";
import { actorLabel } from "@/lib/domain/actor-label";

type Episode = z.output<typeof findingDetail>["episodes"][number];

/** Every time it was open, with every transition: who or what, when, from, to, why. Nothing is ever rewritten. */
export function FindingEpisodes({ episodes, children }: { episodes: readonly Episode[]; children?: ReactNode }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${episodes.length})`}
          description="Times are known to one observation interval: a change lies between two observations."
        >
          Episodes
        </Header>
      }
    >
      <SpaceBetween size="m">
        {episodes.map((episode) => (
          <ExpandableSection
            key={episode.number}
            defaultExpanded={episode.number === episodes[0]?.number}
            headerText={`Episode ${episode.number}: ${stateInWords(episode)}`}
            headerDescription={periodInWords(episode)}
          >
            <Table
              variant="embedded"
              items={episode.events}
              wrapLines
              contentDensity="compact"
              ariaLabels={{ tableLabel: `Events of episode ${episode.number}` }}
              columnDefinitions={[
                { id: "at", header: "When", isRowHeader: true, width: 200, cell: ({ at }) => formatInstant(at) },
                {
                  id: "change",
                  header: "Change",
                  cell: ({ kind, from, to }) =>
                    kind === "comment"
                      ? "Comment"
                      : from === to
                        ? `Stays ${sentenceCase(to).toLowerCase()}`
                        : `${from ? `${sentenceCase(from)} to ` : ""}${from ? sentenceCase(to).toLowerCase() : sentenceCase(to)}`,
                },
                { id: "actor", header: "By", cell: ({ actor }) => <CodeWords text={actorLabel(actor)} /> },
                {
                  id: "note",
                  header: "Note",
                  cell: ({ note, detail }) => (
                    <span className="mqs-break">
                      {note ?? (Object.keys(detail).length > 0 ? factText(detail) : "–")}
                    </span>
                  ),
                },
              ]}
              empty="No events"
            />
          </ExpandableSection>
        ))}
        {children}
      </SpaceBetween>
    </Container>
  );
}

function stateInWords({ state, closeCause, recurring, flaps, severity }: Episode): string {
  return [
    `${sentenceCase(state).toLowerCase()}${closeCause ? ` (${sentenceCase(closeCause).toLowerCase()})` : ""}`,
    severity,
    ...(recurring ? ["recurring"] : []),
    ...(flaps > 0 ? [`came back ${flaps} ${flaps === 1 ? "time" : "times"} within a week`] : []),
  ].join(", ");
}

function periodInWords({ openedAt, openedAfter, closedAt, closedAfter }: Episode): string {
  const opened = `Opened ${formatInstant(openedAt)}${openedAfter ? ` (not yet on ${formatInstant(openedAfter)})` : ""}`;
  if (!closedAt) return opened;
  return `${opened}, closed ${formatInstant(closedAt)}${closedAfter ? ` (still open on ${formatInstant(closedAfter)})` : ""}`;
}
