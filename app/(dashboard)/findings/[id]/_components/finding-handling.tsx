"use client";

import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { z } from "zod";
import type { ActName } from "@/components/finding/act-form";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { findingDetail } from "@/lib/contracts/findings";

const ActDialog = dynamic(() => import("./act-dialog").then((module) => module.ActDialog), { ssr: false });

type Detail = z.output<typeof findingDetail>;

const BUTTONS: readonly { name: ActName; label: string }[] = [
  { name: "acknowledge", label: "Acknowledge" },
  { name: "claim-fixed", label: "Claim fixed" },
  { name: "request-acceptance", label: "Ask for acceptance" },
  { name: "request-false-positive", label: "Ask for false positive" },
  { name: "withdraw-request", label: "Take request back" },
  { name: "approve", label: "Approve" },
  { name: "reject", label: "Reject" },
  { name: "end-acceptance", label: "End acceptance" },
];
/** Shown only where there is something to decide: eight grey buttons say less than four. */
const ONLY_WHEN_ASKED: ReadonlySet<ActName> = new Set(["withdraw-request", "approve", "reject"]);

/** What people decided, the clock of the SLA, and what a person may do now; what he may not is disabled and says why. */
export function FindingHandling({ detail }: { detail: Detail }) {
  const [open, setOpen] = useState<ActName | null>(null);
  const { actions, finding, request } = detail;
  const refusals = new Map(actions.map(({ act, refusal }) => [act, refusal]));
  const decided = finding.state === "accepted" || finding.state === "false-positive";
  const buttons = BUTTONS.filter(({ name }) =>
    ONLY_WHEN_ASKED.has(name) ? request !== null : name === "end-acceptance" ? decided : true,
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Only an observation closes a finding. What people decide stands until it ends or the finding gets worse."
          actions={
            finding.state === "closed" ? undefined : (
              <SpaceBetween direction="horizontal" size="xs">
                {buttons.map(({ name, label }) => (
                  <Button
                    key={name}
                    disabled={(refusals.get(name) ?? null) !== null}
                    disabledReason={refusals.get(name) ?? undefined}
                    onClick={() => setOpen(name)}
                  >
                    {label}
                  </Button>
                ))}
              </SpaceBetween>
            )
          }
        >
          Handling
        </Header>
      }
    >
      <KeyValuePairs columns={3} minColumnWidth={220} items={facts(detail)} />
      {open && (
        <ActDialog
          id={String(finding.id)}
          name={open}
          maxAcceptanceDays={detail.maxAcceptanceDays}
          onClose={() => setOpen(null)}
        />
      )}
    </Container>
  );
}

function facts({ sla, acknowledgement, request, acceptance, fixClaim }: Detail): KeyValuePairsProps.Item[] {
  const items: KeyValuePairsProps.Item[] = [
    {
      label: "SLA",
      value: (
        <SpaceBetween size="xxs">
          {sla.dueOn === null ? (
            <span>Nothing is due</span>
          ) : (
            <Status type={sla.breached ? "error" : sla.paused ? "stopped" : "success"}>
              {sla.breached ? "Breached: due on" : "Due on"} {formatDay(sla.dueOn)}
            </Status>
          )}
          {sla.movedDays > 0 && sla.baseOn && (
            <span>
              Moved by {formatNumberOf(sla.movedDays, "day")} from {formatDay(sla.baseOn)}
            </span>
          )}
          {sla.reason && <span>{sla.reason}</span>}
        </SpaceBetween>
      ),
    },
    {
      label: "Acknowledged",
      value: acknowledgement ? (
        <Said
          lines={[
            `${acknowledgement.assignee}, target ${formatDay(acknowledgement.targetOn)}`,
            acknowledgement.note,
            `${acknowledgement.by.name}, ${formatInstant(acknowledgement.at)}`,
          ]}
        />
      ) : (
        "Not yet"
      ),
    },
  ];
  if (fixClaim)
    items.push({
      label: "Fix claimed",
      value: (
        <Said
          lines={[
            "The next sync confirms or refutes it.",
            fixClaim.note,
            `${fixClaim.by.name}, ${formatInstant(fixClaim.at)}`,
          ]}
        />
      ),
    });
  if (request)
    items.push({
      label: request.kind === "accepted" ? "Acceptance asked for" : "False positive asked for",
      value: (
        <Said
          lines={[
            request.reason,
            request.expiresOn ? `Until ${formatDay(request.expiresOn)}` : "",
            `${request.by.name}, ${formatInstant(request.at)}`,
          ]}
        />
      ),
    });
  if (acceptance)
    items.push({
      label: acceptance.kind === "accepted" ? "Accepted" : "False positive",
      value: (
        <Said
          lines={[
            acceptance.reason,
            acceptance.expiresAt ? `Until ${formatDay(acceptance.expiresAt.slice(0, 10))}` : "",
            `Asked for by ${acceptance.requestedBy.name}, approved by ${acceptance.approvedBy.name} on ${formatInstant(acceptance.approvedAt)}`,
          ]}
        />
      ),
    });
  return items;
}

function Said({ lines }: { lines: readonly string[] }) {
  return (
    <div className="mqs-break">
      {lines
        .filter((line) => line !== "")
        .map((line) => (
          <div key={line}>{line}</div>
        ))}
    </div>
  );
}
