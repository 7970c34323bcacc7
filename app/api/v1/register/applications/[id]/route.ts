import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { removeRegisterEntry } from "@/lib/services/remove-register-entry";
import { saveApplication } from "@/lib/services/save-application";

export const PATCH = route("changeApplication", getCtx, ({ ctx, params, body }) =>
  saveApplication({ ctx, input: { id: params.id ?? "", application: body } }),
);
export const DELETE = route("removeApplication", getCtx, ({ ctx, params }) =>
  removeRegisterEntry({ ctx, input: { kind: "application", id: params.id ?? "" } }),
);
