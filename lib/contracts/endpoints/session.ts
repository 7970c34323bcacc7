import { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as people from "@/lib/contracts/people";

/** Signing in and out, and one's own password. */
export const SESSION_ENDPOINTS = {
  signIn: {
    method: "POST",
    path: "/session",
    summary: "Sign in",
    permission: null,
    body: people.signInInput,
    response: people.signedIn,
    status: 201,
  },
  demoSignIn: {
    method: "POST",
    path: "/session/demo",
    summary: "Sign in as the demo's account of a role (demo mode alone)",
    permission: null,
    body: people.demoSignInInput,
    response: people.signedIn,
    status: 201,
  },
  session: {
    method: "GET",
    path: "/session",
    summary: "Who is signed in, and what he may do",
    permission: "signed-in",
    personal: true,
    response: people.sessionView,
  },
  signOut: {
    method: "DELETE",
    path: "/session",
    summary: "Sign out",
    permission: "signed-in",
    personal: true,
    response: z.object({ signedOut: z.literal(true) }),
  },
  changePassword: {
    method: "POST",
    path: "/session/password",
    summary: "Choose another password; ends all other sessions of the person",
    permission: "signed-in",
    personal: true,
    body: people.passwordChange,
    response: z.object({ changed: z.literal(true) }),
  },
} as const satisfies Record<string, Endpoint>;
