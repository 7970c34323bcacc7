import { formatNumberOf } from "@/components/ui/figures";
import type { TopologyBroker, TopologyConnector, TopologyNetwork } from "@/lib/contracts/topology";

const CONNECTED: Readonly<Record<TopologyConnector["connected"], string>> = {
  connected: "Connected in the last day",
  some: "Some of its broker's connectors were connected; the metric does not say which",
  "not-connected": "Not connected in the last day",
  "no-metric": "Unknown: no metric of the last day",
  "not-applied": "Not applied yet",
};
const REVISIONS: Readonly<Record<TopologyConnector["revision"], string>> = {
  current: "In force",
  pending: "In a revision that is not applied",
  ending: "In force; the revision that waits no longer has it",
};
const DEFECTS: Readonly<Record<TopologyConnector["defects"][number], string>> = {
  "one-way": "Messages flow one way only",
  "user-missing": "Its user is missing",
  "not-connected": "Configured, but not connected",
  "no-user": "It names no user",
};

export const connectedWords = (connected: TopologyConnector["connected"]) => CONNECTED[connected];
export const revisionWords = (revision: TopologyConnector["revision"]) => REVISIONS[revision];
export const defectWords = (defect: TopologyConnector["defects"][number]) => DEFECTS[defect];

/** The same in a word, for a table. */
export function connectedShort(connected: TopologyConnector["connected"]): string {
  const words = {
    connected: "Yes",
    some: "Some of them",
    "not-connected": "No",
    "no-metric": "No metric",
    "not-applied": "Not applied",
  };
  return words[connected];
}

/** Whether the connector's user is known on both ends. `nameOf` gives a broker's name by its id. */
export function userWords(
  { user, userName, userNotOn }: Pick<TopologyConnector, "user" | "userName" | "userNotOn">,
  nameOf: (id: string) => string,
): string {
  const where = userNotOn.map(nameOf).join(" and ");
  switch (user) {
    case "known":
      return `${userName}, on both brokers`;
    case "missing":
      return `${userName}, missing on ${where}`;
    case "unknown":
      return `${userName}; the users of ${where} are not known`;
    case "none-named":
      return "None named";
    default:
      return `${userName}; the other end cannot be seen`;
  }
}

/** What is wrong with a network, in short. */
export function networkVerdict({
  kind,
  failed,
  unknown,
}: Pick<TopologyNetwork, "kind" | "failed" | "unknown">): string {
  if (kind === "outside-only") return "Joined to external peers alone";
  if (kind === "pending-only") return "Not joined until its revisions are applied";
  const parts = [
    ...(failed > 0 ? [`${formatNumberOf(failed, "check")} failed`] : []),
    ...(unknown > 0 ? [`${formatNumberOf(unknown, "check")} undecided`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : "All checks pass";
}

/** Zone ids of a broker for reading. */
export function zoneWords(zoneIds: TopologyBroker["zoneIds"]): string {
  return zoneIds ? zoneIds.join(", ") : "Unknown";
}

/** "→" from the row's broker on; "⇄" both ways. */
export function directionWords(duplex: boolean): string {
  return duplex ? "Both ways (duplex)" : "One way";
}
