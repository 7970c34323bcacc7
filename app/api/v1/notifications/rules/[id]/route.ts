import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { removeNotificationRule } from "@/lib/services/remove-notification-rule";
import { saveNotificationRule } from "@/lib/services/save-notification-rule";

export const PUT = route("changeNotificationRule", getCtx, ({ ctx, params, body }) =>
  saveNotificationRule({ ctx, input: { id: params.id ?? "", rule: body } }),
);
export const DELETE = route("removeNotificationRule", getCtx, ({ ctx, params }) =>
  removeNotificationRule({ ctx, input: { id: params.id ?? "" } }),
);
