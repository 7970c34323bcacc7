"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { Instant } from "@/components/ui/instant";
import { Status } from "@/components/ui/status";
import { formatInstant } from "@/components/ui/times";
import type { ImportItem } from "@/lib/contracts/reference";
import { referenceImportsQuery } from "@/lib/queries/reference";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { ImportForm } from "./import-form";
import { IMPORT_LABELS } from "./import-kinds";
import { WithdrawForm } from "./withdraw-form";

/** Published sources that were loaded: from where, by whom, what they came to. */
export function ImportsPanel() {
  const { data, error, refetch, isFetching } = useQuery(referenceImportsQuery());
  const session = useQuery(sessionQuery()).data;
  const [open, setOpen] = useState<"load" | ImportItem | null>(null);
  const mayLoad = session !== undefined && mayOf("reference:import")(session);
  const mayWithdraw = session !== undefined && mayOf("reference:write")(session);
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The loaded sources" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the loaded sources" height={320} />
    );
  }
  return (
    <>
      <Table
        variant="embedded"
        items={data.items}
        trackBy="id"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Loaded sources" }}
        header={
          <Header
            variant="h2"
            counter={`(${data.items.length})`}
            description="What was loaded stands beside the shipped rows and is compared with them; it replaces none."
            actions={
              <Button
                disabled={!mayLoad}
                disabledReason="Managers and administrators load sources."
                onClick={() => setOpen("load")}
              >
                Load a source
              </Button>
            }
          >
            Loaded sources
          </Header>
        }
        columnDefinitions={[
          {
            id: "kind",
            header: "Source",
            isRowHeader: true,
            minWidth: 130,
            cell: ({ kind }) => IMPORT_LABELS[kind] ?? kind,
          },
          { id: "origin", header: "From", minWidth: 180, cell: (item) => <Origin item={item} /> },
          { id: "at", header: "Loaded", minWidth: 160, cell: (item) => <Loaded item={item} /> },
          { id: "told", header: "Result", minWidth: 210, cell: (item) => <Result item={item} /> },
          {
            id: "state",
            header: "State",
            minWidth: 130,
            cell: (item) =>
              item.endedAt === null ? (
                <>
                  <Status type="success">In use</Status>
                  {mayWithdraw && item.kind !== "price-list" && (
                    <Button
                      variant="inline-link"
                      ariaLabel={`Take ${item.originName} back`}
                      onClick={() => setOpen(item)}
                    >
                      Take back
                    </Button>
                  )}
                </>
              ) : (
                <>
                  <Status type="stopped">Taken back</Status>
                  <Box color="text-body-secondary">
                    {item.endedBy}, {formatInstant(item.endedAt)}: {item.endedReason}
                  </Box>
                </>
              ),
          },
        ]}
        empty={
          <AllClear title="Nothing has been loaded yet">
            Calendars of endoflife.date, advisories of OSV and GitHub and the price list of AWS can be compared with
            what is shipped.
          </AllClear>
        }
      />
      {open === "load" && <ImportForm onClose={() => setOpen(null)} />}
      {open !== null && open !== "load" && (
        <WithdrawForm what="import" id={open.id} name={open.originName} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function Origin({ item: { origin, originName, sha256, bytes } }: { item: ImportItem }) {
  return (
    <span className="mqs-break">
      {originName}
      <Box color="text-body-secondary">
        {origin === "file" ? "File" : "Address"}, {(bytes / 1000).toFixed(1)} kB, SHA-256 {sha256.slice(0, 12)}…
      </Box>
    </span>
  );
}

function Loaded({ item: { importedAt, importedBy } }: { item: ImportItem }) {
  return (
    <>
      <Instant at={importedAt} />
      <Box color="text-body-secondary">
        <span className="mqs-break">{importedBy}</span>
      </Box>
    </>
  );
}

function Result({ item: { told, refused, originName } }: { item: ImportItem }) {
  return (
    <>
      {told.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
      {refused.length > 0 && (
        <ExpandableSection
          variant="inline"
          headerText={`Not taken (${refused.length})`}
          headerAriaLabel={`Not taken of ${originName}`}
        >
          {refused.map(({ what, reason }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file can refuse the same entry twice, and the list never changes
            <Box key={index} color="text-body-secondary">
              {what}: {reason}
            </Box>
          ))}
        </ExpandableSection>
      )}
    </>
  );
}
