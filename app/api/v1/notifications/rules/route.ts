import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { saveNotificationRule } from "@/lib/services/save-notification-rule";

export const POST = route("createNotificationRule", getCtx, ({ ctx, body }) =>
  saveNotificationRule({ ctx, input: { id: null, rule: body } }),
);
