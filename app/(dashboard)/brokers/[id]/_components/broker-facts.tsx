"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { factLines } from "@/components/broker/fact-text";
import { ExternalLink } from "@/components/ui/external-link";
import { Instant } from "@/components/ui/instant";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { BrokerSurroundings } from "./broker-surroundings";

type Fact = BrokerDetail["facts"][number];

/** Every attribute with when and where it was observed. */
export function BrokerFacts({ detail: { facts, broker, surroundings, console: consoles } }: { detail: BrokerDetail }) {
  const tags = Object.entries(broker.tags);
  const sources = [...new Set(facts.filter(({ observedAt }) => observedAt !== null).map(({ source }) => source))];
  return (
    <SpaceBetween size="l">
      <Table
        variant="borderless"
        items={facts}
        trackBy="attribute"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Facts" }}
        header={
          <Header variant="h3" description={sources.length > 0 ? `Source: ${sources.join(", ")}` : undefined}>
            Facts as AWS told them
          </Header>
        }
        columnDefinitions={[
          {
            id: "label",
            header: "Attribute",
            isRowHeader: true,
            width: 220,
            cell: ({ label }) => label.charAt(0).toUpperCase() + label.slice(1),
          },
          {
            id: "value",
            header: "Value",
            minWidth: 220,
            cell: (fact) =>
              linesOf(fact).map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one fact may be equal, and never change their order
                <div key={index} className="mqs-break">
                  {line}
                </div>
              )),
          },
          { id: "observedAt", header: "Observed", width: 200, cell: ({ observedAt }) => <Instant at={observedAt} /> },
          ...(sources.length > 1 ? [{ id: "source", header: "Source", width: 250, cell: sourceOf }] : []),
        ]}
      />
      <Table
        variant="borderless"
        items={tags}
        trackBy={([key]) => key}
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Tags" }}
        header={
          <Header variant="h3" counter={`(${tags.length})`}>
            Tags
          </Header>
        }
        empty="No tags"
        columnDefinitions={[
          {
            id: "key",
            header: "Key",
            isRowHeader: true,
            width: 240,
            cell: ([key]) => <span className="mqs-break">{key}</span>,
          },
          {
            id: "value",
            header: "Value",
            cell: ([, value]) => <span className="mqs-break">{value === "" ? "(blank)" : value}</span>,
          },
        ]}
      />
      <BrokerSurroundings surroundings={surroundings} engine={broker.engine} />
      {consoles.length > 0 && (
        <div>
          <Box variant="h3">Web consoles of the broker</Box>
          {consoles.map((url) => (
            <div key={url}>
              <ExternalLink href={url}>{url}</ExternalLink>
            </div>
          ))}
        </div>
      )}
    </SpaceBetween>
  );
}

function linesOf({ value, observedAt }: Fact): string[] {
  return observedAt === null && value === null ? ["Never observed"] : factLines(value);
}

function sourceOf({ source }: Fact): string {
  return source;
}
