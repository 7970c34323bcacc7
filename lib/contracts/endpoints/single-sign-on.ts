import type { Endpoint } from "@/lib/contracts/endpoint";
import * as sso from "@/lib/contracts/single-sign-on";

/** Signing in at an OpenID provider, and what its groups mean. */
export const SINGLE_SIGN_ON_ENDPOINTS = {
  startSingleSignOn: {
    method: "POST",
    path: "/session/sso",
    summary: "Begin to sign in at the OpenID provider",
    permission: null,
    body: sso.signOnStart,
    response: sso.signOnLocation,
    status: 201,
  },
  finishSingleSignOn: {
    method: "POST",
    path: "/session/sso/return",
    summary: "Sign in with what the OpenID provider sent the browser back with",
    permission: null,
    body: sso.signOnReturn,
    response: sso.signedOn,
    status: 201,
  },
  singleSignOn: {
    method: "GET",
    path: "/single-sign-on",
    summary: "The OpenID provider, and what its groups mean here",
    permission: "people:read",
    response: sso.signOnView,
  },
  changeSingleSignOn: {
    method: "PUT",
    path: "/single-sign-on",
    summary: "Say what the groups of the OpenID provider mean, all of them at once",
    permission: "people:write",
    body: sso.signOnMappings,
    response: sso.signOnView,
  },
} as const satisfies Record<string, Endpoint>;
