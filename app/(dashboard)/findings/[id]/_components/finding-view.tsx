"use client";

import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { engineLabel, regionLabel, sentenceCase } from "@/components/broker/labels";
import { DueDate, FindingState, SeverityBadge } from "@/components/finding/finding-marks";
import { FindingSubject } from "@/components/finding/finding-subject";
import { UnreadPage } from "@/components/states/unread-page";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/times";
import { NOT_OF_SUBJECT } from "@/lib/domain/finding-subject";
import { findingQuery } from "@/lib/queries/findings";
import { FindingComment } from "./finding-comment";
import { FindingEpisodes } from "./finding-episodes";
import { FindingEvidence } from "./finding-evidence";
import { FindingHandling } from "./finding-handling";
import { FindingPlan } from "./finding-plan";
import { FindingReplacement } from "./finding-replacement";
import { FindingRule } from "./finding-rule";

/** One finding: what is wrong, what people decided and may do, the evidence, why it matters, and its whole history. */
export function FindingView({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(findingQuery(id));
  if (!data) return <UnreadPage what="finding" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { finding, rule, evidence, episodes, asOf } = data;
  const refusalOf = (wanted: string) => data.actions.find(({ act }) => act === wanted)?.refusal ?? null;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`As of ${formatInstant(asOf)}`}
          info={<SeverityBadge severity={finding.severity} />}
          actions={
            finding.brokerId !== null && finding.state !== "closed" ? (
              <FindingPlan brokerId={finding.brokerId} id={finding.id} state={finding.state} />
            ) : undefined
          }
        >
          <span className="mqs-break">{finding.summary}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Summary</Header>}>
          <KeyValuePairs
            columns={4}
            minColumnWidth={200}
            items={[
              { label: "State", value: <FindingState state={finding.state} closeCause={finding.closeCause} /> },
              { label: "Subject", value: <FindingSubject finding={finding} asOf={asOf} /> },
              { label: "Due", value: <DueDate {...finding} asOf={asOf} /> },
              { label: "Age", value: formatNumberOf(finding.ageDays, "day") },
              { label: "Opened", value: <Instant at={finding.openedAt} /> },
              { label: "First opened", value: <Instant at={finding.firstOpenedAt} /> },
              { label: "Closed", value: finding.closedAt ? <Instant at={finding.closedAt} /> : "Not closed" },
              { label: "Episodes", value: `${finding.episodeCount}${finding.recurring ? ", recurring" : ""}` },
              { label: "Account", value: finding.accountId },
              { label: "Region", value: regionLabel(finding.region) },
              {
                label: "Engine and environment",
                value:
                  finding.engine === NOT_OF_SUBJECT
                    ? sentenceCase(finding.environment)
                    : `${engineLabel(finding.engine)}, ${sentenceCase(finding.environment).toLowerCase()}`,
              },
              { label: "Owner", value: <span className="mqs-break">{finding.owner?.displayName ?? "None"}</span> },
            ]}
          />
        </Container>
        <FindingHandling detail={data} />
        <div className="mqs-halves">
          <FindingEvidence evidence={evidence} />
          <FindingRule rule={rule} />
        </div>
        {data.replacement && (
          <FindingReplacement id={id} replacement={data.replacement} refusal={refusalOf("confirm-replacement")} />
        )}
        <FindingEpisodes episodes={episodes}>
          <FindingComment id={id} refusal={refusalOf("comment")} />
        </FindingEpisodes>
      </SpaceBetween>
    </ContentLayout>
  );
}
