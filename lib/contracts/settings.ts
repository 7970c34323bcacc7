import { z } from "zod";
import { instant } from "@/lib/contracts/common";

/** All settings and their shapes; defaults live with the domain (lib/domain/environment, owner-tag) and are filled in by the service. */
export const settingsShape = z.object({
  environmentKeys: z.array(z.string().trim().min(1).max(128)).min(1).max(20),
  environmentValues: z.record(
    z.string().trim().min(1).max(256),
    z.enum(["production", "staging", "test", "development", "sandbox"]),
  ),
  unclassifiedAsProduction: z.boolean(),
  ownerKeys: z.array(z.string().trim().min(1).max(128)).min(1).max(20),
  ownerPlaceholders: z.array(z.string().trim().min(1).max(100)).max(100),
  requiredTagKeys: z.array(z.string().trim().min(1).max(128)).max(20),
  fiscalYearStartMonth: z.number().int().min(1).max(12),
  metricsSeriesPerBroker: z.number().int().min(0).max(12),
});
export type Settings = z.infer<typeof settingsShape>;
export const settingsPatch = settingsShape.partial().meta({ id: "SettingsPatch" });
export const settingsView = z
  .object({
    settings: settingsShape,
    defaults: settingsShape,
    changed: z.array(z.object({ key: z.string(), updatedAt: instant, updatedBy: z.string() })),
    mode: z.string(),
  })
  .meta({ id: "Settings" });
export type SettingsView = z.infer<typeof settingsView>;
