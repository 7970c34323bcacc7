"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { engineLabel, sentenceCase } from "@/components/broker/labels";
import { CostChange, PlanProgress, PlanState, windowWords } from "@/components/plan/plan-marks";
import { useNamePage } from "@/components/shell/page-name";
import { UnreadPage } from "@/components/states/unread-page";
import { AppLink } from "@/components/ui/app-link";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { PlanDetail } from "@/lib/contracts/plans";
import { planCsvPath, planMarkdownPath, planQuery } from "@/lib/queries/plans";
import { PlanFindings } from "./plan-findings";
import type { PlanForm } from "./plan-forms";
import { PlanHistory } from "./plan-history";
import { PlanSteps } from "./plan-steps";

const PlanForms = dynamic(() => import("./plan-forms").then((module) => module.PlanForms), { ssr: false });

/** One plan: how far it is, its steps with dates, ways to do them and back, its findings and its history. */
export function PlanView({ id }: { id: string }) {
  const pathname = usePathname();
  const { data, error, refetch, isFetching } = useQuery(planQuery(id));
  const [form, setForm] = useState<PlanForm | null>(null);
  useNamePage(pathname, data?.plan.title);
  if (!data) return <UnreadPage what="plan" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { plan, refusal } = data;
  const over = plan.state === "active" ? null : `The plan is ${plan.state}.`;
  const reason = refusal ?? over ?? undefined;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`As of ${formatInstant(data.asOf)}`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ButtonDropdown
                items={[
                  { id: "markdown", text: "Markdown", href: planMarkdownPath(id), download: true },
                  { id: "csv", text: "CSV", href: planCsvPath(id), download: true },
                ]}
              >
                Export
              </ButtonDropdown>
              <Button
                disabled={refusal !== null}
                disabledReason={refusal ?? undefined}
                onClick={() => setForm({ form: "edit" })}
              >
                Edit
              </Button>
              <Button
                disabled={reason !== undefined}
                disabledReason={reason}
                onClick={() => setForm({ form: "cancel" })}
              >
                Cancel the plan
              </Button>
            </SpaceBetween>
          }
        >
          <span className="mqs-break">{plan.title}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        {data.notes.map((note) => (
          <Alert key={note} type="info">
            {note}
          </Alert>
        ))}
        <Summary data={data} />
        <PlanSteps detail={data} reason={reason} onForm={setForm} />
        <PlanFindings detail={data} reason={reason} onForm={setForm} />
        <PlanHistory detail={data} />
      </SpaceBetween>
      {form && <PlanForms id={id} detail={data} form={form} onClose={() => setForm(null)} />}
    </ContentLayout>
  );
}

function Summary({ data }: { data: PlanDetail }) {
  const { plan, windows, cost, replacement } = data;
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={200}
        items={[
          { label: "State", value: <PlanState state={plan.state} /> },
          { label: "Progress", value: <PlanProgress plan={plan} /> },
          { label: "Ends", value: plan.endsOn ? formatDay(plan.endsOn) : "–" },
          { label: "Broker", value: <AppLink href={`/brokers/${plan.broker.id}`}>{plan.broker.name}</AppLink> },
          {
            label: "Engine and environment",
            value: `${engineLabel(plan.engine)} ${plan.engineVersion ?? ""}, ${sentenceCase(plan.environment).toLowerCase()}`,
          },
          { label: "Owner", value: plan.owner?.displayName ?? "None" },
          {
            label: "Maintenance window",
            value:
              windows.problem ??
              `${windowWords(windows.text)}; next ${windows.next[0] ? formatInstant(windows.next[0].at) : "–"}`,
          },
          {
            label: "List price of the instances per month",
            value: cost ? <CostChange cost={cost} /> : "The plan does not change it",
          },
          ...(plan.campaign
            ? [
                {
                  label: "Campaign",
                  value: <AppLink href={`/plans/campaigns/${plan.campaign.id}`}>{plan.campaign.name}</AppLink>,
                },
              ]
            : []),
          {
            label: "Made",
            value: (
              <div>
                {formatInstant(plan.createdAt)}
                <Box variant="small" display="block">
                  <span className="mqs-break">by {plan.createdBy}</span>
                </Box>
              </div>
            ),
          },
          ...(data.cancelReason ? [{ label: "Cancelled because", value: data.cancelReason }] : []),
          ...(data.note ? [{ label: "Note", value: <span className="mqs-break">{data.note}</span> }] : []),
          ...(replacement
            ? [
                {
                  label: "Replacement",
                  value: (
                    <div>
                      <AppLink href={`/brokers/${replacement.broker.id}`}>{replacement.broker.name}</AppLink>, confirmed
                      by {replacement.confirmedBy}
                      <Box variant="small">
                        {replacement.differences.length === 0
                          ? "AWS shows no difference."
                          : replacement.differences
                              .map(({ fact, before, after }) => `${fact}: ${before} -> ${after}`)
                              .join("; ")}
                      </Box>
                    </div>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Container>
  );
}
