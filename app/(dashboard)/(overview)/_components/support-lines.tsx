"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { engineLabel } from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { InfoLink } from "@/components/shell/help";
import { AllClear } from "@/components/states/empty-states";
import { AppLink } from "@/components/ui/app-link";
import { Status } from "@/components/ui/status";
import { formatFilterToken } from "@/lib/contracts/common";
import type { Overview } from "@/lib/contracts/overview";

const HELP = {
  title: "Engine lines and end of support",
  body: (
    <div>
      <p>
        AWS ends support per engine line (major.minor). The dates come from the support calendar, each with its source.
      </p>
      <p>
        <strong>Ending</strong>: within 180 days of the date. <strong>Past end of support</strong>: from the day itself
        on; AWS then upgrades brokers in one of their own maintenance windows.
      </p>
      <p>
        <strong>No end date published</strong> is not supported for ever: AWS gives at least 90 days notice, and what
        lies beyond is not knowable.
      </p>
      <p>
        Every broker that exists is counted, as in the list of brokers. The timeline leaves out those being created or
        deleted.
      </p>
    </div>
  ),
};

/** The engine lines in use, with how long AWS supports them. */
export function SupportLines({ lines }: { lines: Overview["lines"] }) {
  return (
    <Table
      variant="container"
      items={lines}
      trackBy={({ engine, line }) => `${engine} ${line}`}
      wrapLines
      ariaLabels={{ tableLabel: "Engine lines and end of support" }}
      header={
        <Header
          variant="h2"
          counter={`(${lines.length})`}
          info={<InfoLink topic={HELP} />}
          actions={<AppLink href="/lifecycle">Timeline</AppLink>}
        >
          Engine lines and end of support
        </Header>
      }
      columnDefinitions={[
        {
          id: "line",
          header: "Line",
          isRowHeader: true,
          width: 140,
          cell: ({ engine, line }) => `${engineLabel(engine)} ${line}`,
        },
        {
          id: "brokers",
          header: "Brokers",
          width: 100,
          cell: ({ engine, line, brokers }) => (
            <AppLink href={`/brokers?${lineFilter(engine, line)}`}>{brokers}</AppLink>
          ),
        },
        {
          id: "support",
          header: "Support",
          cell: ({ status, endOfSupport, sentence }) => (
            <div>
              <SupportStatus status={status} stage={null} endOfSupport={endOfSupport} />
              <div>{sentence}</div>
            </div>
          ),
        },
      ]}
      empty={
        <AllClear title="No engine lines">
          <Status type="info">No broker is in scope.</Status>
        </AllClear>
      }
    />
  );
}

function lineFilter(engine: string, line: string): string {
  return new URLSearchParams([
    ["filter", formatFilterToken({ property: "engine", operator: "=", value: engine })],
    ["filter", formatFilterToken({ property: "engineLine", operator: "=", value: line })],
  ]).toString();
}
