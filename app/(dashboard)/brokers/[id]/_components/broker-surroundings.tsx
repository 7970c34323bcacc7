"use client";

import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { factText } from "@/components/broker/fact-text";
import { Instant } from "@/components/ui/instant";
import type { BrokerDetail } from "@/lib/contracts/brokers";

type Surroundings = BrokerDetail["surroundings"];
type Opening = NonNullable<Surroundings["securityGroups"][number]["openings"]>[number];

/** Where the broker is, who can reach it and who may sign in. */
export function BrokerSurroundings({ surroundings, engine }: { surroundings: Surroundings; engine: string }) {
  const { subnets, securityGroups, users, networkObservedAt } = surroundings;
  const openings = securityGroups.flatMap((group) =>
    (group.openings ?? []).map((opening, index) => ({ key: `${group.id} ${index}`, group, opening })),
  );
  const untold = securityGroups.filter(({ openings: ways }) => ways === null).map(({ id }) => id);
  return (
    <SpaceBetween size="l">
      <Table
        variant="borderless"
        items={subnets}
        trackBy="id"
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Availability zones" }}
        header={
          <Header
            variant="h3"
            description={
              networkObservedAt ? (
                <>
                  Amazon EC2, observed <Instant at={networkObservedAt} />
                </>
              ) : undefined
            }
          >
            Availability zones
          </Header>
        }
        empty={<Box>AWS names no subnets of this broker.</Box>}
        columnDefinitions={[
          { id: "subnet", header: "Subnet", isRowHeader: true, width: 260, cell: ({ id }) => id },
          {
            id: "zone",
            header: "Zone id (the same in every account)",
            cell: ({ zoneId, told }) => zoneId ?? (told ? "Not told by AWS" : "Not read yet"),
          },
          { id: "name", header: "Name in this account", cell: ({ zoneName }) => zoneName ?? "–" },
        ]}
      />
      <Table
        variant="borderless"
        items={openings}
        trackBy="key"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Open ports" }}
        header={
          <Header
            variant="h3"
            description={untold.length > 0 ? `Not read yet: ${untold.join(", ")}` : undefined}
            counter={`(${openings.length})`}
          >
            Open ports
          </Header>
        }
        empty={
          <Box>
            {securityGroups.length === 0
              ? "AWS names no security groups of this broker."
              : untold.length > 0
                ? "Its security groups were not read yet."
                : "Its security groups let nobody in."}
          </Box>
        }
        columnDefinitions={[
          { id: "ports", header: "Ports", isRowHeader: true, width: 180, cell: ({ opening }) => portsText(opening) },
          {
            id: "from",
            header: "Open to",
            cell: ({ opening }) => (
              <SpaceBetween direction="horizontal" size="xs">
                <span className="mqs-break">{opening.from.join(", ") || "nobody"}</span>
                {opening.everybody && <Badge color="severity-high">Everybody</Badge>}
              </SpaceBetween>
            ),
          },
          {
            id: "group",
            header: "Security group",
            cell: ({ group }) => `${group.id}${group.name ? ` (${group.name})` : ""}`,
          },
        ]}
      />
      <Table
        variant="borderless"
        items={users}
        trackBy="name"
        wrapLines
        contentDensity="compact"
        ariaLabels={{ tableLabel: "Users" }}
        header={
          <Header variant="h3" counter={`(${users.length})`}>
            Users
          </Header>
        }
        empty={
          <Box>
            {engine === "RABBITMQ"
              ? "Users of RabbitMQ live inside the broker; AWS does not tell them."
              : "AWS names no users of this broker."}
          </Box>
        }
        columnDefinitions={[
          {
            id: "name",
            header: "Name",
            isRowHeader: true,
            width: 240,
            cell: ({ name }) => <span className="mqs-break">{name}</span>,
          },
          {
            id: "console",
            header: "Web console",
            cell: ({ consoleAccess, observedAt }) => (observedAt === null ? "Not read yet" : factText(consoleAccess)),
          },
          {
            id: "groups",
            header: "Groups",
            cell: ({ groups }) => (
              <span className="mqs-break">{groups === null ? "Not read yet" : factText(groups)}</span>
            ),
          },
          {
            id: "replication",
            header: "For replication",
            cell: ({ replicationUser }) => factText(replicationUser),
          },
          { id: "pending", header: "Pending", cell: ({ pendingChange }) => pendingChange ?? "–" },
          { id: "observedAt", header: "Observed", width: 200, cell: ({ observedAt }) => <Instant at={observedAt} /> },
        ]}
      />
    </SpaceBetween>
  );
}

function portsText({ protocol, ports }: Opening): string {
  if (protocol === "all") return "All ports, all protocols";
  return `${ports === "all" ? "All ports" : ports} ${protocol.toUpperCase()}`;
}
