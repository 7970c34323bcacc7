"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { CutFilter } from "@/components/list/cut-filter";
import { InvalidAddress } from "@/components/list/invalid-address";
import { AllClear, NeverSynced, NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { TopologyMap } from "@/lib/contracts/topology";
import { ApiError } from "@/lib/queries/fetch-api";
import { topologyQueryOf } from "@/lib/queries/topology";
import { MapCanvas } from "./map-canvas";
import { MapDetails } from "./map-details";
import { MapLegend } from "./map-legend";
import { AloneTable, BrokerTable, ConnectorTable, NetworkTable } from "./topology-tables";
import { networkVerdict } from "./topology-words";
import { TABS, type TopologyUrl, useTopologyUrl } from "./use-topology-url";

/** The networks of ActiveMQ brokers: as a map, and the same as tables. */
export function TopologyView() {
  const url = useTopologyUrl();
  const { data, error, refetch, isFetching } = useQuery(topologyQueryOf(url.query));
  if (error instanceof ApiError && error.status === 404) return <NoSuchNetwork url={url} />;
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The topology" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the topology" rows={12} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Networks of ActiveMQ brokers, as the configurations in force say. As of ${formatInstant(data.asOf)}`}
        >
          Topology
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <Topology map={data} url={url} />
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function NoSuchNetwork({ url }: { url: TopologyUrl }) {
  return (
    <ContentLayout header={<Header variant="h1">Topology</Header>}>
      <Container>
        <Box textAlign="center" padding="l">
          <SpaceBetween size="s">
            <Box variant="h2">The broker is in no network</Box>
            <Box variant="p" color="text-body-secondary">
              No connector in force or waiting joins {url.query.component} to another broker, or it is not in the
              inventory.
            </Box>
            <Button onClick={() => url.setQuery({ component: undefined })}>Show all networks</Button>
          </SpaceBetween>
        </Box>
      </Container>
    </ContentLayout>
  );
}

function Topology({ map, url }: { map: TopologyMap; url: TopologyUrl }) {
  const choose = (network: string | undefined) => url.setQuery({ component: network }, { tab: "map" });
  const select = (selected: string | null) => url.setView({ selected, tab: "map" });
  const content = {
    map: () => <MapTab map={map} url={url} onChoose={choose} onSelect={select} />,
    networks: () => <NetworkTable map={map} onChoose={choose} />,
    brokers: () => <BrokerTable map={map} onSelect={select} />,
    connectors: () => <ConnectorTable map={map} />,
    alone: () => <AloneTable map={map} />,
  };
  const labels = {
    map: "Map",
    networks: `Networks (${formatCount(map.networks.length)})`,
    brokers: `Brokers (${formatCount(map.brokers.length)})`,
    connectors: `Connectors (${formatCount(map.connectors.length)})`,
    alone: `In no network (${formatCount(map.alone.standalone + map.alone.unknown)})`,
  };
  return (
    <SpaceBetween size="l">
      <IncompleteNotice freshness={map.freshness} />
      <InvalidAddress url={url} />
      <CutFilter url={{ cut: url.query, setCut: ({ engine: _, ...cut }) => url.setQuery(cut) }} engine={false} />
      <Container>
        <Figures map={map} />
      </Container>
      <Tabs
        variant="container"
        ariaLabel="Topology"
        activeTabId={url.tab}
        onChange={({ detail }) => url.setView({ tab: TABS.find((tab) => tab === detail.activeTabId) ?? "map" })}
        tabs={TABS.map((id) => ({ id, label: labels[id], content: id === url.tab ? content[id]() : null }))}
      />
    </SpaceBetween>
  );
}

function Figures({ map: { networks, alone, rabbitmq } }: { map: TopologyMap }) {
  const joined = networks.filter(({ kind }) => kind === "network");
  const brokers = joined.reduce((sum, network) => sum + network.brokers, 0);
  const outward = networks.length - joined.length;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        {
          label: "Networks",
          value: `${formatNumberOf(joined.length, "network")} with ${formatNumberOf(brokers, "broker")}${outward > 0 ? `; ${formatCount(outward)} more joined to external peers alone` : ""}`,
        },
        {
          label: "With a failed check",
          value: formatNumberOf(joined.filter(({ failed }) => failed > 0).length, "network"),
        },
        {
          label: "ActiveMQ in no network",
          value: `${formatCount(alone.standalone)} standing alone, ${formatCount(alone.unknown)} unknown`,
        },
        {
          label: "RabbitMQ",
          value: `${formatNumberOf(rabbitmq.brokers, "broker")}, not shown: federation and shovels are not visible to AWS's API`,
        },
      ]}
    />
  );
}

function MapTab({
  map,
  url,
  onChoose,
  onSelect,
}: {
  map: TopologyMap;
  url: TopologyUrl;
  onChoose(network: string | undefined): void;
  onSelect(id: string | null): void;
}) {
  const options = useMemo(
    () => ({
      networks: [
        { value: "", label: `All networks (${formatCount(map.networks.length)})` },
        ...map.networks.map((network) => ({
          value: network.id,
          label: network.name,
          description: `${formatNumberOf(network.brokers, "broker")}: ${networkVerdict(network).toLowerCase()}`,
        })),
      ],
      brokers: map.brokers.map(({ id, name, region }) => ({ value: id, label: name, description: region })),
    }),
    [map],
  );
  if (map.networks.length === 0) {
    const filtered = Object.values(url.query).some((value) => value !== undefined);
    return filtered ? (
      <NothingMatches what="networks" onClear={url.clear} />
    ) : (
      <AllClear title="No networks of brokers">
        A network appears here when the configuration in force of an ActiveMQ broker holds a networkConnector that leads
        to another broker.
      </AllClear>
    );
  }
  const left = map.chosen === null ? map.networks.length - map.drawn.length : 0;
  return (
    <SpaceBetween size="m">
      <ColumnLayout columns={2}>
        <FormField label="Network, worst first">
          <Select
            ariaLabel="Network"
            options={options.networks}
            selectedOption={options.networks.find(({ value }) => value === (map.chosen ?? "")) ?? null}
            filteringType="auto"
            filteringAriaLabel="Find networks"
            onChange={({ detail }) => onChoose(detail.selectedOption.value || undefined)}
          />
        </FormField>
        <FormField label="Broker">
          <Select
            ariaLabel="Broker"
            placeholder="Find a broker on the map"
            options={options.brokers}
            selectedOption={options.brokers.find(({ value }) => value === url.selected) ?? null}
            filteringType="auto"
            filteringAriaLabel="Find brokers"
            virtualScroll
            onChange={({ detail }) => onSelect(detail.selectedOption.value ?? null)}
          />
        </FormField>
      </ColumnLayout>
      {left > 0 && (
        <Box variant="small">
          {formatNumberOf(left, "network")} more: the worst are drawn. Choose one, or filter, to see it.
        </Box>
      )}
      <div className={url.selected !== null || map.drawn.length === 1 ? "mqs-map-page" : undefined}>
        <div>
          <MapCanvas map={map} selected={url.selected} onSelect={onSelect} />
          <MapLegend />
        </div>
        <MapDetails map={map} selected={url.selected} onSelect={onSelect} />
      </div>
    </SpaceBetween>
  );
}
