import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readSettings } from "@/lib/services/read/read-settings";
import { updateSettings } from "@/lib/services/update-settings";

export const GET = route("settings", getCtx, ({ ctx }) => readSettings({ ctx }));
export const PATCH = route("updateSettings", getCtx, ({ ctx, body }) => updateSettings({ ctx, input: body }));
