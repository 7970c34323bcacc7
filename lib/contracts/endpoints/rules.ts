import type { Endpoint } from "@/lib/contracts/endpoint";
import * as rules from "@/lib/contracts/rules";

/** The rule catalogue. */
export const RULES_ENDPOINTS = {
  rules: {
    method: "GET",
    path: "/rules",
    summary: "The rule catalogue with what every rule says now",
    permission: "findings:read",
    response: rules.ruleList,
  },
  rule: {
    method: "GET",
    path: "/rules/{id}",
    summary: "One rule with thresholds, settings and examples",
    permission: "findings:read",
    response: rules.ruleDetail,
  },
  changeRule: {
    method: "PUT",
    path: "/rules/{id}/settings",
    summary: "Switch a rule off, change its severity or thresholds, with a reason",
    permission: "rules:write",
    body: rules.ruleSettingsInput,
    response: rules.ruleDetail,
  },
} as const satisfies Record<string, Endpoint>;
