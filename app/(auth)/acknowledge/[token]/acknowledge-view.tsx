"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { AcknowledgementView } from "@/lib/contracts/notifications";
import { acknowledgeByLinkMutation, acknowledgementQuery } from "@/lib/queries/notifications";
import { AuthForm } from "../../_components/auth-form";
import { fieldError, formError } from "../../_components/form-errors";

const DAYS = 14;
/** Findings that are written out at first. */
const SHOWN = 10;

/** What an acknowledge link will do, and the button that does it. */
export function AcknowledgeView({ token }: { token: string }) {
  const { data, error } = useQuery(acknowledgementQuery(token));
  if (error)
    return (
      <Container header={<Header variant="h1">Acknowledge findings</Header>}>
        <ErrorState error={error} what="The link" />
      </Container>
    );
  return data ? <Loaded token={token} view={data} /> : <SectionSkeleton label="the link" height={320} />;
}

function Loaded({ token, view }: { token: string; view: AcknowledgementView }) {
  const act = useMutation(acknowledgeByLinkMutation(useQueryClient(), token));
  const [note, setNote] = useState("");
  const [targetOn, setTargetOn] = useState(() => dayAfter(view.asOf, DAYS));
  const open = view.findings.filter(({ refused }) => refused === null);
  if (act.data)
    return (
      <Outcome>
        <Alert type="success" header={`${formatNumberOf(act.data.acknowledged, "finding")} acknowledged`}>
          {act.data.refused.map(({ reason, count }) => (
            <div key={reason}>
              {formatNumberOf(count, "finding")} stayed as before: {reason}
            </div>
          ))}
          <Link href="/findings">See the findings</Link> (you will be asked to sign in).
        </Alert>
      </Outcome>
    );
  if (view.state !== "open" || open.length === 0)
    return (
      <Outcome>
        <Alert type="info" header={closedWords(view)}>
          <Link href="/findings">See the findings</Link> (you will be asked to sign in).
        </Alert>
      </Outcome>
    );
  return (
    <AuthForm
      title="Acknowledge findings"
      description={`Nothing has been changed yet. ${view.person.name} (${view.person.email}) will acknowledge ${formatNumberOf(open.length, "finding")}, with the note and the day below. The link works once, until ${formatInstant(view.expiresAt)}.`}
      action={`Acknowledge ${formatNumberOf(open.length, "finding")}`}
      busy={act.isPending}
      errorText={formError(act.error, ["note", "targetOn"])}
      onSubmit={() => act.mutate({ note, targetOn })}
    >
      <Findings findings={view.findings.slice(0, SHOWN)} />
      {view.findings.length > SHOWN && (
        <ExpandableSection headerText={`${formatNumberOf(view.findings.length - SHOWN, "more finding")}`}>
          <Findings findings={view.findings.slice(SHOWN)} />
        </ExpandableSection>
      )}
      <FormField label="Note" description="What you are going to do." errorText={fieldError(act.error, "note")} stretch>
        <Textarea value={note} rows={3} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
      <FormField
        label="Target day"
        description="The day you aim at. It does not move the due day."
        errorText={fieldError(act.error, "targetOn")}
        stretch
      >
        <Input value={targetOn} placeholder="YYYY-MM-DD" onChange={({ detail }) => setTargetOn(detail.value)} />
      </FormField>
    </AuthForm>
  );
}

function Findings({ findings }: Pick<AcknowledgementView, "findings">) {
  return (
    <ul className="mqs-break">
      {findings.map(({ id, summary, broker, severity, dueOn, refused }) => (
        <li key={id}>
          <strong>{severity}</strong>: {broker && !summary.includes(broker) ? `${broker}: ` : ""}
          {summary}
          <Box variant="small" display="block">
            {refused ? `Stays as it is: ${refused}` : dueOn ? `Due ${dueOn}` : "No due day"}
          </Box>
        </li>
      ))}
    </ul>
  );
}

function Outcome({ children }: { children: React.ReactNode }) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1">Acknowledge findings</Header>
      {children}
    </SpaceBetween>
  );
}

function closedWords({ state, usedAt, findings }: AcknowledgementView): string {
  if (state === "used") return `This link was used${usedAt ? ` on ${formatInstant(usedAt)}` : ""}`;
  if (state === "expired") return "This link has expired";
  return findings[0]?.refused ?? "Nothing is left to acknowledge";
}

function dayAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
}
