"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import { CodeWords } from "@/components/ui/code-words";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import type { AuditSeals } from "@/lib/contracts/audit";
import { auditSealsQuery } from "@/lib/queries/audit";

const PROTECTION: Readonly<Record<AuditSeals["protection"], (role: string) => string>> = {
  privileges: (role) =>
    `The database refuses changes and deletions: the application's role ${role} has the right to neither.`,
  trigger: (role) =>
    `A trigger of the database refuses changes and deletions; the application's role ${role} owns the table and could switch it off.`,
  none: () => "Nothing keeps this audit from being changed: its triggers are missing or switched off.",
};

/** What the page is about, and which of the two protections holds just now. */
export function AuditProtection() {
  const { data } = useQuery(auditSealsQuery());
  return (
    <>
      Every change by a person or a key and every start of a sync.
      {data && ` ${PROTECTION[data.protection](data.role)}`}
      {data &&
        (data.changed.length > 0 || !data.intact) &&
        " Its past months are not as they were sealed: see Sealed months."}
    </>
  );
}

/** The months that are over: how many events, their hash, and whether they are still here. */
export function SealedMonths() {
  const [open, setOpen] = useState(false);
  const { data, error, refetch, isFetching } = useQuery(auditSealsQuery());
  return (
    <>
      <Button onClick={() => setOpen(true)}>Sealed months</Button>
      {open && (
        <Modal
          visible
          size="max"
          onDismiss={() => setOpen(false)}
          closeAriaLabel="Close"
          header="Sealed months"
          footer={
            <Box float="right">
              <Button variant="primary" onClick={() => setOpen(false)}>
                Done
              </Button>
            </Box>
          }
        >
          <SpaceBetween size="m">
            {data && !data.intact && (
              <Alert type="error" header="The chain of seals is broken">
                A seal does not continue the one before: a month was exchanged, left out or put in.
              </Alert>
            )}
            {data && data.changed.length > 0 && (
              <Alert type="error" header="Past months have changed">
                The events of {data.changed.join(", ")} are not those that were sealed: some were added, removed or
                dated back, or a seal is forged. Nothing of such a month is dropped.
              </Alert>
            )}
            <div>
              A month is sealed at the first start a day or more after its end: the SHA-256 of its events as JSON lines,
              and a chain in which each month holds the one before.{" "}
              {data?.keepMonths === null
                ? "Everything is kept."
                : `${formatNumberOf(data?.keepMonths ?? 0, "month")} stay here besides the current one; older ones are exported and dropped.`}
            </div>
            {error && (
              <ErrorState error={error} what="The seals" onRetry={() => void refetch()} retrying={isFetching} />
            )}
            <Table
              variant="embedded"
              items={data?.months ?? []}
              trackBy="month"
              loading={!data && !error}
              loadingText="Reading seals"
              wrapLines
              ariaLabels={{ tableLabel: "Sealed months" }}
              empty="No month is over yet, or the server has not started since."
              columnDefinitions={[
                { id: "month", header: "Month", isRowHeader: true, cell: ({ month }) => month },
                { id: "events", header: "Events", cell: ({ events }) => formatCount(events) },
                { id: "hash", header: "SHA-256", minWidth: 260, cell: ({ sha256 }) => <CodeWords text={sha256} /> },
                { id: "sealed", header: "Sealed", cell: ({ sealedAt }) => <Instant at={sealedAt} /> },
                {
                  id: "where",
                  header: "Where the events are",
                  minWidth: 180,
                  cell: ({ file, droppedAt }) =>
                    file ? (
                      <div>
                        <CodeWords text={file} />
                        <Box variant="small">
                          dropped here <Instant at={droppedAt} />
                        </Box>
                      </div>
                    ) : (
                      "Here"
                    ),
                },
              ]}
            />
          </SpaceBetween>
        </Modal>
      )}
    </>
  );
}
