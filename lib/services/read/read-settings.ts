import type { SettingsView } from "@/lib/contracts/settings";
import { changedSettings } from "@/lib/db/setting-store";
import { env } from "@/lib/env";
import type { Ctx } from "@/lib/services/ctx";
import { DEFAULT_SETTINGS, mergeSettings } from "@/lib/services/current-settings";

/** Settings in force, their defaults, and who changed which when. */
export async function readSettings({ ctx }: { ctx: Ctx }): Promise<SettingsView> {
  const changed = await changedSettings(ctx.db);
  return {
    settings: mergeSettings(changed),
    defaults: DEFAULT_SETTINGS,
    changed: changed.map((row) => ({ key: row.key, updatedAt: row.updatedAt.toISOString(), updatedBy: row.updatedBy })),
    mode: env().mode,
  };
}
