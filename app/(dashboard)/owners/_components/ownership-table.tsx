"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { accountLabel, engineLabel, ownerSourceLabel, sentenceCase } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear, NothingMatches } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import type { BrokerOwnership, OwnerItem, OwnershipList } from "@/lib/contracts/owners";
import { tagValueOf } from "@/lib/domain/owner-tag";
import { taggingCommand } from "@/lib/domain/tagging-command";
import { assignOwnerMutation, ownershipQuery, unassignOwnerMutation } from "@/lib/queries/owners";
import { AssignForm } from "./assign-form";
import type { Section } from "./sections";

const HELP: Readonly<Record<Section, { help: string; empty: string }>> = {
  none: { help: "No tag names an owner, and the account has no default.", empty: "Every broker has an owner" },
  "account-default": {
    help: "The account's default answers for them; nobody chose it for the broker. They do not count as owned.",
    empty: "No broker rests on its account's default",
  },
  ambiguous: {
    help: "Tags name different owners; the most trusted key decides until somebody assigns the broker or corrects the tags.",
    empty: "No broker's tags disagree",
  },
  assigned: {
    help: "The assignment goes before the tags. Tag the broker in AWS as well, so that others see it too.",
    empty: "No broker is assigned here",
  },
};

interface Props {
  kind: Section;
  title: string;
  owners: readonly OwnerItem[];
  mayWrite: boolean;
}

/** Brokers whose owner is not settled, or was settled here: AWS's tags beside the assignment, and the command that tags them. */
export function OwnershipTable(props: Props) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const { data, error, refetch, isFetching } = useQuery(ownershipQuery(props.kind, asked));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The brokers" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the brokers" height={320} />
    );
  }
  return <Brokers {...props} data={data} text={text} onText={setText} />;
}

function Brokers({
  kind,
  title,
  owners,
  mayWrite,
  data,
  text,
  onText,
}: Props & { data: OwnershipList; text: string; onText(text: string): void }) {
  const [selected, setSelected] = useState<readonly BrokerOwnership[]>([]);
  const [assigning, setAssigning] = useState<readonly BrokerOwnership[] | null>(null);
  const { help, empty } = HELP[kind];
  const left = data.total - data.items.length;
  return (
    <>
      <Table
        variant="embedded"
        items={data.items}
        trackBy="id"
        wrapLines
        contentDensity="compact"
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: "Brokers",
          allItemsSelectionLabel: () => "Select all",
          itemSelectionLabel: (_, { name }) => `Select ${name}`,
        }}
        {...(mayWrite && {
          selectionType: "multi" as const,
          selectedItems: selected,
          onSelectionChange: ({ detail }: { detail: { selectedItems: BrokerOwnership[] } }) =>
            setSelected(detail.selectedItems),
        })}
        header={
          <Header
            variant="h2"
            counter={`(${formatCount(data.total)})`}
            description={help}
            actions={
              mayWrite && (
                <Button disabled={selected.length === 0} onClick={() => setAssigning(selected)}>
                  {selected.length > 1 ? `Assign ${formatCount(selected.length)} brokers` : "Assign selected"}
                </Button>
              )
            }
          >
            {title}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={text}
            filteringPlaceholder="Find by name, account, owner or tag"
            filteringAriaLabel="Part of a name, account, owner or tag"
            filteringClearAriaLabel="Clear"
            countText={formatNumberOf(data.total, "broker")}
            onChange={({ detail }) => onText(detail.filteringText)}
          />
        }
        footer={
          left > 0 && <Box textAlign="center">{`${formatNumberOf(left, "more broker")}: narrow the search.`}</Box>
        }
        empty={text ? <NothingMatches what="brokers" onClear={() => onText("")} /> : <AllClear title={empty} />}
        columnDefinitions={[
          ...FACTS,
          {
            id: "owner",
            header: kind === "assigned" ? "Assigned here" : "Answers now",
            minWidth: 150,
            cell: (broker) => <Answers broker={broker} />,
          },
          {
            id: "actions",
            header: mayWrite ? "Assign" : "Tag in AWS",
            minWidth: 190,
            cell: (broker) => (
              <Actions
                broker={broker}
                owners={owners}
                tagKey={data.tagKey}
                mayWrite={mayWrite}
                onChoose={() => setAssigning([broker])}
              />
            ),
          },
        ]}
      />
      {assigning && (
        <AssignForm
          brokers={assigning}
          owners={owners}
          tagKey={data.tagKey}
          onClose={(done) => {
            setAssigning(null);
            if (done) setSelected([]);
          }}
        />
      )}
    </>
  );
}

const FACTS: TableProps.ColumnDefinition<BrokerOwnership>[] = [
  {
    id: "name",
    header: "Broker",
    isRowHeader: true,
    minWidth: 160,
    cell: ({ id, name, engine, environment }) => (
      <div className="mqs-break">
        <AppLink href={`/brokers/${id}`}>{name}</AppLink>
        <Small>{`${engineLabel(engine)}, ${sentenceCase(environment).toLowerCase()}`}</Small>
      </div>
    ),
  },
  {
    id: "account",
    header: "Account",
    minWidth: 150,
    cell: ({ accountId, accountName, region }) => (
      <div className="mqs-break">
        {accountLabel(accountId, accountName)}
        <Small>{region}</Small>
      </div>
    ),
  },
  {
    id: "tags",
    header: "Owner tags in AWS",
    minWidth: 150,
    cell: ({ tags, tagsKnown }) =>
      tags.length === 0 ? (
        <Box color="text-status-inactive">{tagsKnown ? "None" : "Not known: never described"}</Box>
      ) : (
        tags.map(({ key, value, ownerKey }) => (
          <div key={key} className="mqs-break">
            {`${key} = ${value.trim() === "" ? "(blank)" : value}`}
            {ownerKey === null && <Small>names nobody</Small>}
          </div>
        ))
      ),
  },
];

function Answers({ broker: { owner, assignment } }: { broker: BrokerOwnership }) {
  if (!owner) return <Box color="text-status-inactive">Nobody</Box>;
  return (
    <div className="mqs-break">
      <AppLink href={`/owners/${encodeURIComponent(owner.key)}`}>{owner.displayName}</AppLink>
      {assignment ? (
        <Small>
          {assignment.by}, <Instant at={assignment.at} />
          {assignment.reason && `: ${assignment.reason}`}
        </Small>
      ) : (
        <Small>{ownerSourceLabel(owner.source)}</Small>
      )}
    </div>
  );
}

const CHOOSE = "choose";

/** One click: to an owner that the broker's own tags or its account name, or to one that is chosen; undone by another. */
function Actions({
  broker,
  owners,
  tagKey,
  mayWrite,
  onChoose,
}: {
  broker: BrokerOwnership;
  owners: readonly OwnerItem[];
  tagKey: string;
  mayWrite: boolean;
  onChoose(): void;
}) {
  const { notify } = useNotifications();
  const client = useQueryClient();
  const assign = useMutation(assignOwnerMutation(client));
  const unassign = useMutation(unassignOwnerMutation(client));
  const failed = (error: Error) => notify({ type: "error", header: `${broker.name}: ${error.message}` });
  const candidates = candidatesOf(broker);
  const take = ({ key, name }: { key: string; name: string }) =>
    assign.mutate(
      {
        brokerIds: [broker.id],
        owner: owners.some((owner) => owner.key === key) ? { key } : { displayName: name },
        reason: "",
      },
      {
        onSuccess: ({ owner }) =>
          notify({
            type: "success",
            header: `${broker.name} is assigned to ${owner.displayName}`,
            content: "Findings and figures follow within a minute. It can be undone under Assigned here.",
          }),
        onError: failed,
      },
    );
  return (
    <SpaceBetween size="xxs">
      {mayWrite && broker.assignment && (
        <Button
          variant="inline-link"
          loading={unassign.isPending}
          ariaLabel={`Take the assignment of ${broker.name} back`}
          onClick={() =>
            unassign.mutate(broker.id, {
              onSuccess: () =>
                notify({ type: "success", header: `${broker.name} is no longer assigned here; its tags decide again` }),
              onError: failed,
            })
          }
        >
          Take back
        </Button>
      )}
      {mayWrite && (
        <ButtonDropdown
          expandToViewport
          loading={assign.isPending}
          ariaLabel={`${broker.assignment ? "Reassign" : "Assign"} ${broker.name}`}
          items={[
            ...candidates.map(({ key, name }) => ({ id: `to ${key}`, text: `To ${name}` })),
            { id: CHOOSE, text: candidates.length > 0 ? "To another owner…" : "To an owner…" },
          ]}
          onItemClick={({ detail }) => {
            const chosen = candidates.find(({ key }) => detail.id === `to ${key}`);
            if (chosen) take(chosen);
            else onChoose();
          }}
        >
          {broker.assignment ? "Reassign" : "Assign"}
        </ButtonDropdown>
      )}
      {broker.owner && (
        <CopyToClipboard
          copyButtonText="Tagging command"
          copyButtonAriaLabel={`Copy the command that tags ${broker.name}`}
          copySuccessText="Copied"
          copyErrorText="Could not be copied"
          textToCopy={taggingCommand({ arn: broker.arn, tagKey, value: tagValueOf(broker.owner) })}
        />
      )}
    </SpaceBetween>
  );
}

/** The owners that a broker's tags or its account name, each once, but the one it is assigned to. */
function candidatesOf({ tags, owner, assignment }: BrokerOwnership): { key: string; name: string }[] {
  const named = new Map<string, string>();
  for (const tag of tags) if (tag.ownerKey !== null && tag.owner !== null) named.set(tag.ownerKey, tag.owner);
  if (owner) named.set(owner.key, owner.displayName);
  if (assignment) named.delete(assignment.ownerKey);
  return [...named].map(([key, name]) => ({ key, name }));
}

function Small({ children }: { children: React.ReactNode }) {
  return (
    <Box variant="small" display="block" color="text-body-secondary">
      {children}
    </Box>
  );
}
