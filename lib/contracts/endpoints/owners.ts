import type { Endpoint } from "@/lib/contracts/endpoint";
import * as owners from "@/lib/contracts/owners";

/** Owner entities and which brokers they answer for. */
export const OWNERS_ENDPOINTS = {
  owners: {
    method: "GET",
    path: "/owners",
    summary: "Owners with what they answer for, and how many brokers want one",
    permission: "inventory:read",
    response: owners.ownerList,
  },
  createOwner: {
    method: "POST",
    path: "/owners",
    summary: "Make an owner entity",
    permission: "owners:write",
    body: owners.ownerInput,
    response: owners.ownerSaved,
    status: 201,
  },
  ownership: {
    method: "GET",
    path: "/owners/brokers",
    summary: "Brokers without an owner, with the account's default alone, with tags that disagree, or assigned here",
    permission: "inventory:read",
    query: owners.ownershipQuery,
    response: owners.ownershipList,
  },
  assignOwner: {
    method: "POST",
    path: "/owners/assignments",
    summary: "Assign brokers to an owner here, beside their tags in AWS",
    permission: "owners:write",
    body: owners.assignmentInput,
    response: owners.assignmentSaved,
    status: 201,
  },
  unassignOwner: {
    method: "DELETE",
    path: "/owners/assignments/{brokerId}",
    summary: "Take the assignment of a broker back",
    permission: "owners:write",
    response: owners.assignmentEnded,
  },
  owner: {
    method: "GET",
    path: "/owners/{id}",
    summary: "The scorecard of an owner (id or URI-encoded key)",
    permission: "inventory:read",
    response: owners.ownerScorecard,
  },
  changeOwner: {
    method: "PATCH",
    path: "/owners/{id}",
    summary: "Change an owner's contact data; with owners:write its name, aliases, and whether it is verified",
    permission: "owners:contact",
    body: owners.ownerPatch,
    response: owners.ownerSaved,
  },
  mergeOwner: {
    method: "POST",
    path: "/owners/{id}/merge",
    summary: "Make another owner an alias of this one, or preview what would move",
    permission: "owners:write",
    body: owners.mergeInput,
    response: owners.mergeResult,
  },
} as const satisfies Record<string, Endpoint>;
