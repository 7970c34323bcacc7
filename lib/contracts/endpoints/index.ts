import type { Endpoint } from "@/lib/contracts/endpoint";
import { ACCOUNTS_ENDPOINTS } from "@/lib/contracts/endpoints/accounts";
import { AUDIT_ENDPOINTS } from "@/lib/contracts/endpoints/audit";
import { BROKERS_ENDPOINTS } from "@/lib/contracts/endpoints/brokers";
import { CAMPAIGNS_ENDPOINTS } from "@/lib/contracts/endpoints/campaigns";
import { COSTS_ENDPOINTS } from "@/lib/contracts/endpoints/costs";
import { FINDINGS_ENDPOINTS } from "@/lib/contracts/endpoints/findings";
import { INSTALLATION_ENDPOINTS } from "@/lib/contracts/endpoints/installation";
import { KEYS_ENDPOINTS } from "@/lib/contracts/endpoints/keys";
import { KPIS_ENDPOINTS } from "@/lib/contracts/endpoints/kpis";
import { LIFECYCLE_ENDPOINTS } from "@/lib/contracts/endpoints/lifecycle";
import { NOTIFICATIONS_ENDPOINTS } from "@/lib/contracts/endpoints/notifications";
import { OVERVIEW_ENDPOINTS } from "@/lib/contracts/endpoints/overview";
import { OWNERS_ENDPOINTS } from "@/lib/contracts/endpoints/owners";
import { PEOPLE_ENDPOINTS } from "@/lib/contracts/endpoints/people";
import { PLANS_ENDPOINTS } from "@/lib/contracts/endpoints/plans";
import { RECOMMENDATIONS_ENDPOINTS } from "@/lib/contracts/endpoints/recommendations";
import { REFERENCE_ENDPOINTS } from "@/lib/contracts/endpoints/reference";
import { REGISTER_ENDPOINTS } from "@/lib/contracts/endpoints/register";
import { REPORTS_ENDPOINTS } from "@/lib/contracts/endpoints/reports";
import { RULES_ENDPOINTS } from "@/lib/contracts/endpoints/rules";
import { SESSION_ENDPOINTS } from "@/lib/contracts/endpoints/session";
import { SETTINGS_ENDPOINTS } from "@/lib/contracts/endpoints/settings";
import { SINGLE_SIGN_ON_ENDPOINTS } from "@/lib/contracts/endpoints/single-sign-on";
import { SYNCS_ENDPOINTS } from "@/lib/contracts/endpoints/syncs";
import { TOPOLOGY_ENDPOINTS } from "@/lib/contracts/endpoints/topology";

export type { Endpoint } from "@/lib/contracts/endpoint";

/** Every route of /api/v1; the OpenAPI document is made of it and a test compares it with the files of app/api. */
export const ENDPOINTS = {
  ...INSTALLATION_ENDPOINTS,
  ...SESSION_ENDPOINTS,
  ...OVERVIEW_ENDPOINTS,
  ...BROKERS_ENDPOINTS,
  ...TOPOLOGY_ENDPOINTS,
  ...FINDINGS_ENDPOINTS,
  ...RULES_ENDPOINTS,
  ...KPIS_ENDPOINTS,
  ...LIFECYCLE_ENDPOINTS,
  ...REGISTER_ENDPOINTS,
  ...PLANS_ENDPOINTS,
  ...CAMPAIGNS_ENDPOINTS,
  ...REPORTS_ENDPOINTS,
  ...OWNERS_ENDPOINTS,
  ...REFERENCE_ENDPOINTS,
  ...COSTS_ENDPOINTS,
  ...RECOMMENDATIONS_ENDPOINTS,
  ...SYNCS_ENDPOINTS,
  ...ACCOUNTS_ENDPOINTS,
  ...SETTINGS_ENDPOINTS,
  ...PEOPLE_ENDPOINTS,
  ...KEYS_ENDPOINTS,
  ...SINGLE_SIGN_ON_ENDPOINTS,
  ...NOTIFICATIONS_ENDPOINTS,
  ...AUDIT_ENDPOINTS,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
