import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { removeRegisterEntry } from "@/lib/services/remove-register-entry";
import { saveIncident } from "@/lib/services/save-incident";

export const PATCH = route("changeIncident", getCtx, ({ ctx, params, body }) =>
  saveIncident({ ctx, input: { id: params.id ?? "", incident: body } }),
);
export const DELETE = route("removeIncident", getCtx, ({ ctx, params }) =>
  removeRegisterEntry({ ctx, input: { kind: "incident", id: params.id ?? "" } }),
);
