import { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as notifications from "@/lib/contracts/notifications";

const removed = z.object({ removed: z.boolean() });

/** Channels, routing and outbox of notifications, and the acknowledge links that e-mails carry. */
export const NOTIFICATIONS_ENDPOINTS = {
  notifications: {
    method: "GET",
    path: "/notifications",
    summary: "Channels, routing rules, whom each audience reaches, and how many messages wait, were sent or failed",
    permission: "notifications:read",
    response: notifications.notificationSetup,
  },
  createChannel: {
    method: "POST",
    path: "/notifications/channels",
    summary: "Add a channel. Secrets are encrypted, or named as environment variables; no answer ever holds one",
    permission: "notifications:write",
    body: notifications.channelInput,
    response: notifications.channelItem,
    status: 201,
  },
  changeChannel: {
    method: "PATCH",
    path: "/notifications/channels/{id}",
    summary: "Change a channel; secrets that are left out stay",
    permission: "notifications:write",
    body: notifications.channelPatch,
    response: notifications.channelItem,
  },
  removeChannel: {
    method: "DELETE",
    path: "/notifications/channels/{id}",
    summary: "Remove a channel; what waited for it is given up",
    permission: "notifications:write",
    response: removed,
  },
  testChannel: {
    method: "POST",
    path: "/notifications/channels/{id}/test",
    summary: "Send a test message now and answer what came of it",
    permission: "notifications:write",
    body: notifications.testMessageInput,
    response: notifications.testMessageResult,
  },
  createNotificationRule: {
    method: "POST",
    path: "/notifications/rules",
    summary: "Add a routing rule",
    permission: "notifications:write",
    body: notifications.ruleInput,
    response: notifications.notificationRule,
    status: 201,
  },
  changeNotificationRule: {
    method: "PUT",
    path: "/notifications/rules/{id}",
    summary: "Change a routing rule",
    permission: "notifications:write",
    body: notifications.ruleInput,
    response: notifications.notificationRule,
  },
  removeNotificationRule: {
    method: "DELETE",
    path: "/notifications/rules/{id}",
    summary: "Remove a routing rule",
    permission: "notifications:write",
    response: removed,
  },
  outbox: {
    method: "GET",
    path: "/notifications/outbox",
    summary: "Messages that wait, were sent, or failed, the newest first",
    permission: "notifications:read",
    query: notifications.outboxQuery,
    response: notifications.outboxPage,
  },
  resendMessage: {
    method: "POST",
    path: "/notifications/outbox/{id}/resend",
    summary: "Send a message that was given up, or perhaps sent, once more",
    permission: "notifications:write",
    response: notifications.outboxMessage,
  },
  acknowledgement: {
    method: "GET",
    path: "/acknowledgements/{token}",
    summary: "What an acknowledge link would do, and as whom; nothing is changed",
    permission: null,
    response: notifications.acknowledgementView,
  },
  acknowledgeByLink: {
    method: "POST",
    path: "/acknowledgements/{token}",
    summary: "Acknowledge the findings of a link as the person it was sent to; works once",
    permission: null,
    body: notifications.acknowledgementInput,
    response: notifications.acknowledgementDone,
  },
} as const satisfies Record<string, Endpoint>;
