import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { removeRegisterEntry } from "@/lib/services/remove-register-entry";
import { saveDrill } from "@/lib/services/save-drill";

export const PATCH = route("changeDrill", getCtx, ({ ctx, params, body }) =>
  saveDrill({ ctx, input: { id: params.id ?? "", drill: body } }),
);
export const DELETE = route("removeDrill", getCtx, ({ ctx, params }) =>
  removeRegisterEntry({ ctx, input: { kind: "drill", id: params.id ?? "" } }),
);
