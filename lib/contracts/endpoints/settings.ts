import type { Endpoint } from "@/lib/contracts/endpoint";
import * as settings from "@/lib/contracts/settings";

/** Settings. */
export const SETTINGS_ENDPOINTS = {
  settings: {
    method: "GET",
    path: "/settings",
    summary: "Settings with defaults",
    permission: "settings:read",
    response: settings.settingsView,
  },
  updateSettings: {
    method: "PATCH",
    path: "/settings",
    summary: "Change settings",
    permission: "settings:write",
    body: settings.settingsPatch,
    response: settings.settingsView,
  },
} as const satisfies Record<string, Endpoint>;
