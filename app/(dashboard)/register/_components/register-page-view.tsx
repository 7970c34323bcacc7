"use client";

import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { useRefusal } from "@/components/shell/use-refusal";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatInstant } from "@/components/ui/times";
import type { ApplicationItem, DrillItem, RegisterView } from "@/lib/contracts/register";
import { type RegisterKind, registerQuery, removeEntryMutation } from "@/lib/queries/register";
import { ApplicationForm } from "./application-form";
import { Attestations } from "./attestations";
import { Candidates } from "./candidates";
import { DrillForm } from "./drill-form";
import { type IncidentDraft, IncidentForm, NEW_INCIDENT } from "./incident-form";
import { ApplicationTable, DrillTable, IncidentTable } from "./register-tables";

type Open =
  | { form: "incident"; id: number | null; draft: IncidentDraft; candidateId?: string }
  | { form: "drill"; drill: DrillItem | null }
  | { form: "application"; application: ApplicationItem | null }
  | { form: "removal"; kind: RegisterKind; id: number; name: string }
  | null;

const TABS = ["incidents", "suggestions", "drills", "applications", "attestation"] as const;

/** What happened and what depends on brokers, as people recorded it. The open tab is part of the address. */
export function RegisterPageView() {
  const { data, error, refetch, isFetching } = useQuery(registerQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The register" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the register" rows={12} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Incidents, fail-over drills and applications. As of ${formatInstant(data.asOf)}`}
        >
          Register
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <Register data={data} />
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function Register({ data }: { data: RegisterView }) {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab");
  const active = TABS.find((id) => id === tab) ?? "incidents";
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const refusal = useRefusal("registers:write");
  const locked = { disabled: refusal !== undefined, disabledReason: refusal };
  const unreviewed = data.candidates.filter(({ review }) => review === null).length;
  const content = {
    incidents: (
      <IncidentTable
        incidents={data.incidents}
        applications={data.applications}
        action={
          <Button {...locked} onClick={() => setOpen({ form: "incident", id: null, draft: NEW_INCIDENT })}>
            Record an incident
          </Button>
        }
        onChange={(incident) => setOpen({ form: "incident", id: incident.id, draft: incident })}
        onRemove={({ id, title }) => setOpen({ form: "removal", kind: "incident", id, name: title })}
      />
    ),
    suggestions: (
      <Candidates
        candidates={data.candidates}
        onConfirm={(candidate) =>
          setOpen({
            form: "incident",
            id: null,
            candidateId: candidate.id,
            draft: {
              ...NEW_INCIDENT,
              title: candidate.summary.slice(0, 200),
              startedAt: candidate.startedAfter ?? candidate.observedAt,
              endedAt: candidate.endedBy,
              cause: candidate.cause,
              brokers: [candidate.broker],
            },
          })
        }
      />
    ),
    drills: (
      <DrillTable
        drills={data.drills}
        action={
          <Button {...locked} onClick={() => setOpen({ form: "drill", drill: null })}>
            Plan a drill
          </Button>
        }
        onChange={(drill) => setOpen({ form: "drill", drill })}
        onRemove={({ id, plannedOn }) =>
          setOpen({ form: "removal", kind: "drill", id, name: `the drill of ${plannedOn}` })
        }
      />
    ),
    applications: (
      <ApplicationTable
        applications={data.applications}
        action={
          <Button {...locked} onClick={() => setOpen({ form: "application", application: null })}>
            Register an application
          </Button>
        }
        onChange={(application) => setOpen({ form: "application", application })}
        onRemove={({ id, name }) => setOpen({ form: "removal", kind: "application", id, name })}
      />
    ),
    attestation: <Attestations quarters={data.quarters} />,
  };
  const labels = {
    incidents: `Incidents (${data.incidents.length})`,
    suggestions: `Suggestions (${unreviewed})`,
    drills: `Fail-over drills (${data.drills.length})`,
    applications: `Applications (${data.applications.length})`,
    attestation: "Attestation",
  };
  return (
    <SpaceBetween size="l">
      <Tabs
        variant="container"
        ariaLabel="Register"
        activeTabId={active}
        onChange={({ detail }) =>
          window.history.replaceState(
            null,
            "",
            detail.activeTabId === "incidents" ? pathname : `${pathname}?tab=${detail.activeTabId}`,
          )
        }
        tabs={TABS.map((id) => ({ id, label: labels[id], content: id === active ? content[id] : null }))}
      />
      {open?.form === "incident" && (
        <IncidentForm
          id={open.id}
          candidateId={open.candidateId ?? null}
          draft={open.draft}
          applications={data.applications}
          onClose={close}
        />
      )}
      {open?.form === "drill" && <DrillForm drill={open.drill} onClose={close} />}
      {open?.form === "application" && <ApplicationForm application={open.application} onClose={close} />}
      {open?.form === "removal" && <Removal kind={open.kind} id={open.id} name={open.name} onClose={close} />}
    </SpaceBetween>
  );
}

function Removal({ kind, id, name, onClose }: { kind: RegisterKind; id: number; name: string; onClose(): void }) {
  const { notify } = useNotifications();
  const remove = useMutation(removeEntryMutation(useQueryClient()));
  return (
    <EntryModal
      title={`Take ${name} back?`}
      save="Take back"
      ready
      saving={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSave={() =>
        remove.mutate(
          { kind, id },
          {
            onSuccess: () => {
              notify({ type: "success", header: `${name} was taken back` });
              onClose();
            },
          },
        )
      }
    >
      <div>
        Figures no longer count it. The record of who wrote it and who took it back stays; a quarter that was attested
        has to be attested again.
      </div>
    </EntryModal>
  );
}
