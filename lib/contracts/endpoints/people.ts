import { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as people from "@/lib/contracts/people";

/** Who may sign in, and as what. */
export const PEOPLE_ENDPOINTS = {
  people: {
    method: "GET",
    path: "/people",
    summary: "Who may sign in",
    permission: "people:read",
    response: people.peopleList,
  },
  invitePerson: {
    method: "POST",
    path: "/people",
    summary: "Add a person; the answer holds his one-time password",
    permission: "people:write",
    body: people.personInput,
    response: people.oneTimePassword,
    status: 201,
  },
  changePerson: {
    method: "PATCH",
    path: "/people/{id}",
    summary: "Change a person's name, role, owner entities, or whether he may sign in",
    permission: "people:write",
    body: people.personPatch,
    response: people.personItem,
  },
  revokeSessions: {
    method: "DELETE",
    path: "/people/{id}/sessions",
    summary: "End every session of a person",
    permission: "people:write",
    response: z.object({ ended: z.number().int() }),
  },
  resetPassword: {
    method: "POST",
    path: "/people/{id}/password",
    summary: "Give a person a one-time password; ends his sessions",
    permission: "people:write",
    response: people.oneTimePassword,
  },
  resetSecondFactor: {
    method: "DELETE",
    path: "/people/{id}/second-factor",
    summary: "Take a person's second factor away, who has lost the app and the backup codes; ends his sessions",
    permission: "people:write",
    response: people.personItem,
  },
} as const satisfies Record<string, Endpoint>;
