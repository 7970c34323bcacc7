import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Settings, SettingsView, settingsPatch } from "@/lib/contracts/settings";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { anyReport } from "@/lib/db/report-store";
import { changedSettings, saveSettings } from "@/lib/db/setting-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { DEFAULT_SETTINGS, mergeSettings } from "@/lib/services/current-settings";
import { readSettings } from "@/lib/services/read/read-settings";

/** Settings that decide how brokers are classified and judged: a change of one is followed by an evaluation. */
const JUDGING = [
  "environmentKeys",
  "environmentValues",
  "unclassifiedAsProduction",
  "ownerKeys",
  "ownerPlaceholders",
  "requiredTagKeys",
] as const satisfies readonly (keyof Settings)[];

/** Changes settings; one audit event per setting that really changed. A value equal to the default goes back to being the default. */
export async function updateSettings({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof settingsPatch>;
}): Promise<SettingsView> {
  await ctx.db.transaction(async (tx) => {
    const before = mergeSettings(await changedSettings(tx));
    const after = { ...before, ...defined(input) };
    const changed = settingKeys().filter((key) => !isDeepStrictEqual(before[key], after[key]));
    if (changed.length === 0) return;
    if (changed.includes("fiscalYearStartMonth") && (await anyReport(tx)))
      throw new AppError(
        "conflict",
        "A quarterly report was issued: its quarters must keep their meaning, so the fiscal year stays.",
        {
          details: { field: "fiscalYearStartMonth" },
        },
      );
    const at = ctx.clock.now();
    const values = changed.map((key) => [
      key,
      isDeepStrictEqual(after[key], DEFAULT_SETTINGS[key]) ? undefined : after[key],
    ]);
    await saveSettings(tx, Object.fromEntries(values), { at, actor: ctx.actor.name });
    for (const key of changed) {
      await appendAuditEvent(tx, {
        ...auditedBy(ctx),
        action: "settings.update",
        permission: "settings:write",
        subjectType: "setting",
        subjectKey: key,
        before: before[key],
        after: after[key],
      });
    }
    await bumpDataVersions(tx, "settings");
    if (changed.some((key) => JUDGING.some((judging) => judging === key))) {
      await ctx.queue.add("evaluate", { reason: "settings-changed" }, { key: "evaluate", within: tx });
    }
  });
  return readSettings({ ctx });
}

function settingKeys(): (keyof Settings)[] {
  return Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];
}

/** What the patch leaves out must not overwrite. */
function defined<T extends object>(patch: T): Partial<T> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<T>;
}
