import type { StatusType } from "@/components/ui/status";
import type { KeyKind } from "@/lib/contracts/keys";
import type { Role } from "@/lib/contracts/permissions";

export const KIND_NAMES: Readonly<Record<KeyKind, string>> = {
  api: "API key",
  metrics: "Prometheus token",
  calendar: "Calendar address",
};

export const KIND_TITLES: Readonly<Record<KeyKind, string>> = {
  api: "Make an API key",
  metrics: "Make a token for Prometheus",
  calendar: "Make a calendar address",
};

export const KIND_HELP: Readonly<Record<KeyKind, string>> = {
  api: "Opens every route of /api/v1 that its role may, but what a person does in person.",
  metrics: "Opens /api/v1/metrics alone.",
  calendar: "Opens the calendar of the life cycle alone, in the cut it is made for.",
};

export const KEY_ROLE_HELP: Readonly<Record<Role, string>> = {
  viewer: "Reads everything but people and the audit.",
  owner: "Reads the same; acts on the brokers of the owner entities below.",
  finops: "Reads the same; assigns owners and starts syncs.",
  manager: "Acts on all findings and plans; reads the audit. Approves nothing.",
  administrator: "May do everything but what a person does in person.",
};

const STATES: Readonly<Record<string, { type: StatusType; text: string }>> = {
  works: { type: "success", text: "Works" },
  expired: { type: "warning", text: "Expired" },
  revoked: { type: "stopped", text: "Revoked" },
  "creator-disabled": { type: "warning", text: "Its creator is disabled" },
};

export function keyStateOf(state: string): { type: StatusType; text: string } {
  return STATES[state] ?? { type: "info", text: state };
}
