"use client";

import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { PresenceBadge, StaleMark } from "@/components/broker/presence-marks";
import { MakePlan } from "@/components/plan/make-plan";
import { useNamePage } from "@/components/shell/page-name";
import { UnreadPage } from "@/components/states/unread-page";
import { formatInstant } from "@/components/ui/times";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { brokerQuery } from "@/lib/queries/brokers";
import { BrokerCosts } from "./broker-costs";
import { BrokerFacts } from "./broker-facts";
import { BrokerHistory } from "./broker-history";
import { BrokerMetrics } from "./broker-metrics";
import { BrokerPayload } from "./broker-payload";
import { BrokerRecommendations } from "./broker-recommendations";
import { BrokerRules } from "./broker-rules";
import { BrokerSummary } from "./broker-summary";
import { BrokerTopology } from "./broker-topology";
import { BrokerVersions } from "./broker-versions";

const TABS: readonly { id: string; label: string; content(detail: BrokerDetail): ReactNode }[] = [
  { id: "facts", label: "Facts", content: (detail) => <BrokerFacts detail={detail} /> },
  { id: "rules", label: "Rules and findings", content: (detail) => <BrokerRules detail={detail} /> },
  { id: "versions", label: "Version and support", content: (detail) => <BrokerVersions detail={detail} /> },
  { id: "cost", label: "Cost", content: (detail) => <BrokerCosts id={detail.broker.id} /> },
  {
    id: "recommendations",
    label: "Recommendations",
    content: (detail) => <BrokerRecommendations id={detail.broker.id} />,
  },
  { id: "metrics", label: "Metrics", content: (detail) => <BrokerMetrics id={detail.broker.id} /> },
  { id: "topology", label: "Topology", content: (detail) => <BrokerTopology detail={detail} /> },
  { id: "history", label: "History", content: (detail) => <BrokerHistory id={detail.broker.id} /> },
  { id: "payload", label: "Raw payload", content: (detail) => <BrokerPayload detail={detail} /> },
];

/** Everything known of one broker. The open tab is part of the address. */
export function BrokerView({ id }: { id: string }) {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab");
  const { data, error, refetch, isFetching } = useQuery(brokerQuery(id));
  useNamePage(pathname, data?.broker.name);
  if (!data) return <UnreadPage what="broker" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { broker } = data;
  const activeTab = TABS.find((candidate) => candidate.id === tab)?.id ?? "facts";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`${broker.id}, as of ${formatInstant(data.asOf)}`}
          actions={broker.goneAt ? undefined : <MakePlan brokerId={broker.id} />}
          info={
            (broker.presence !== "in-scope" || broker.stale) && (
              <span style={{ display: "inline-flex", gap: 8 }}>
                <PresenceBadge presence={broker.presence} />
                {broker.stale && <StaleMark observedAt={broker.observedAt} asOf={data.asOf} />}
              </span>
            )
          }
        >
          <span className="mqs-break">{broker.name}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        {data.descriptionFailure && (
          <Alert type="warning" header="The last description of this broker failed">
            {data.descriptionFailure} The facts below are the last known ones, each with the time it was observed. Rules
            that need a fact that was never observed answer unknown.
          </Alert>
        )}
        {broker.goneAt && (
          <Alert type="info" header={`Gone since ${formatInstant(broker.goneAt)}`}>
            A complete listing of its account and region no longer had it, and AWS answered that it does not exist. What
            was known is kept.
          </Alert>
        )}
        <BrokerSummary detail={data} />
        <Tabs
          variant="container"
          ariaLabel="About this broker"
          activeTabId={activeTab}
          onChange={({ detail }) => {
            const query = detail.activeTabId === "facts" ? "" : `?tab=${detail.activeTabId}`;
            window.history.replaceState(null, "", `${pathname}${query}`);
          }}
          tabs={TABS.map(({ id: tabId, label, content }) => ({
            id: tabId,
            label,
            content: tabId === activeTab ? content(data) : null,
          }))}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
