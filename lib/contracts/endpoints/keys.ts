import type { Endpoint } from "@/lib/contracts/endpoint";
import * as keys from "@/lib/contracts/keys";

/** Keys of the API, and narrow tokens. */
export const KEYS_ENDPOINTS = {
  keys: {
    method: "GET",
    path: "/keys",
    summary: "Keys and tokens: one's own, or everybody's for whoever manages them",
    permission: "signed-in",
    personal: true,
    response: keys.keyList,
  },
  createKey: {
    method: "POST",
    path: "/keys",
    summary: "Make a key or a token; the answer holds its secret, once",
    permission: "signed-in",
    personal: true,
    body: keys.keyInput,
    response: keys.madeKey,
    status: 201,
  },
  rotateKey: {
    method: "POST",
    path: "/keys/{id}/rotate",
    summary: "Give a key of one's own another secret and as long a life again; the old secret is dead at once",
    permission: "signed-in",
    personal: true,
    response: keys.madeKey,
  },
  revokeKey: {
    method: "DELETE",
    path: "/keys/{id}",
    summary: "Revoke a key",
    permission: "signed-in",
    personal: true,
    response: keys.keyItem,
  },
} as const satisfies Record<string, Endpoint>;
