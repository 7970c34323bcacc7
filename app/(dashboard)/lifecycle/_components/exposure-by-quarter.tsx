"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import Tabs from "@cloudscape-design/components/tabs";
import { InfoLink } from "@/components/shell/help";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount, formatNumberOf } from "@/components/ui/figures";
import { formatDay } from "@/components/ui/times";
import type { CutQuery } from "@/lib/contracts/common";
import type { ExposureGroupView, LifecycleEntryView, LifecycleView } from "@/lib/contracts/lifecycle";
import { brokersHref, entryFilters, exposureFilters, exposureTitle, partText, upstreamText } from "./lifecycle-words";

const HELP = {
  title: "Exposure by quarter",
  body: (
    <div>
      <p>
        Brokers by the quarter in which the support of what they run ends, and what they cost a month (run rate: mean of
        the last 7 final days × 365/12, unblended, without tax, credits and refunds). It is{" "}
        <strong>spend on affected brokers, not a loss estimate</strong>. Currencies are never summed.
      </p>
      <p>
        Every broker in scope is in exactly one row. Brokers last observed more than 3 days ago count as unknown and
        have a row of their own.
      </p>
      <p>
        AWS gives at least 90 days notice. A quarter beyond that can still get an end date, for every line that has
        none: such a quarter says so instead of showing nothing.
      </p>
    </div>
  ),
};

/** What ends in the running quarter and the next four: brokers and their monthly spend. */
export function ExposureByQuarter({ data, cut }: { data: LifecycleView; cut: CutQuery }) {
  const { exposure } = data;
  return (
    <Container
      header={
        <Header
          variant="h2"
          info={<InfoLink topic={HELP} />}
          description="Spend on affected brokers, not a loss estimate"
        >
          Exposure by quarter
        </Header>
      }
    >
      <Tabs
        ariaLabel="Exposure of"
        tabs={[
          {
            id: "lines",
            label: "Engine lines: forced upgrade",
            content: <Groups what="engine lines" groups={exposure.engineLines} data={data} cut={cut} linked />,
          },
          {
            id: "types",
            label: "Instance types: no upgrade promised",
            content: (
              <>
                <Box variant="p" color="text-body-secondary">
                  AWS promises no upgrade of instance types. After the end a broker may be unreachable and unbilled: a
                  spend of zero is then no saving.
                </Box>
                <Groups what="instance types" groups={exposure.instanceTypes} data={data} cut={cut} />
              </>
            ),
          },
        ]}
      />
    </Container>
  );
}

function Groups({
  what,
  groups,
  data,
  cut,
  linked = false,
}: {
  what: string;
  groups: readonly ExposureGroupView[];
  data: LifecycleView;
  cut: CutQuery;
  /** Whether the list of brokers can be asked for a group as a whole. */
  linked?: boolean;
}) {
  const byId = new Map(data.entries.map((entry) => [entry.id, entry]));
  return (
    <Table
      variant="embedded"
      items={groups}
      trackBy={({ kind, quarter }) => `${kind} ${quarter?.name ?? ""}`}
      wrapLines
      ariaLabels={{ tableLabel: `Exposure of ${what} by quarter` }}
      columnDefinitions={[
        {
          id: "when",
          header: "Support",
          isRowHeader: true,
          minWidth: 225,
          cell: (group) => exposureTitle(group, data.today),
        },
        {
          id: "brokers",
          header: "Brokers",
          minWidth: 90,
          cell: (group) =>
            linked && group.brokers > 0 && group.kind !== "ends-later" ? (
              <AppLink href={brokersHref(exposureFilters(group), cut)}>{group.brokers}</AppLink>
            ) : (
              group.brokers
            ),
        },
        { id: "spend", header: "Spend per month", minWidth: 170, cell: (group) => <Spend group={group} /> },
        {
          id: "what",
          header: "What they run",
          minWidth: 260,
          cell: (group) => <Parts group={group} byId={byId} cut={cut} notKnowable={notKnowable(group, groups)} />,
        },
      ]}
    />
  );
}

function Spend({ group: { brokers, brokersWithoutCost, spend } }: { group: ExposureGroupView }) {
  if (brokers === 0) return "–";
  return (
    <div>
      {spend.map(({ amount, currency }) => (
        <div key={currency}>{formatAmount(amount, currency)}</div>
      ))}
      {spend.length === 0 && <div>Not known</div>}
      {brokersWithoutCost > 0 && (
        <Box variant="small" color="text-body-secondary">
          {formatNumberOf(brokersWithoutCost, "broker")} without a known cost {brokersWithoutCost === 1 ? "is" : "are"}{" "}
          not in it
        </Box>
      )}
    </div>
  );
}

function Parts({
  group,
  byId,
  cut,
  notKnowable: sentence,
}: {
  group: ExposureGroupView;
  byId: ReadonlyMap<string, LifecycleEntryView>;
  cut: CutQuery;
  notKnowable: string | null;
}) {
  const stale = { property: "stale", operator: "=", value: String(group.kind === "stale") } as const;
  return (
    <div>
      {group.parts.map(({ id, brokers }) => {
        const entry = byId.get(id);
        if (!entry) return null;
        const upstream = group.kind === "no-end-published" ? upstreamText(entry) : "";
        return (
          <div key={id}>
            <AppLink href={brokersHref([...entryFilters(entry), stale], cut)}>{partText(entry, brokers)}</AppLink>
            {group.kind === "ends-later" && entry.endOfSupport ? `: ${formatDay(entry.endOfSupport)}` : ""}
            {upstream ? `: upstream end of life ${upstream}` : ""}
          </div>
        );
      })}
      {group.parts.length === 0 && !sentence && "None"}
      {sentence && <Box color="text-body-secondary">{sentence}</Box>}
    </div>
  );
}

/** What cannot be known of a quarter; null where everything can. */
function notKnowable(group: ExposureGroupView, groups: readonly ExposureGroupView[]): string | null {
  const { kind, knowable, notKnowableFrom, parts } = group;
  if (kind !== "ends-in-quarter" || knowable === "yes" || knowable === null) return null;
  const none = parts.length === 0 ? "None known. " : "";
  const undated = groups.find((one) => one.kind === "no-end-published")?.brokers ?? 0;
  const from = knowable === "partly" && notKnowableFrom ? `From ${formatDay(notKnowableFrom)} on not` : "Not";
  return `${none}${from} knowable: AWS can still announce an end for ${formatNumberOf(undated, "broker")} without a date.`;
}
