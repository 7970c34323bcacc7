import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { saveIncident } from "@/lib/services/save-incident";

export const POST = route("recordIncident", getCtx, ({ ctx, body }) =>
  saveIncident({ ctx, input: { id: null, incident: body } }),
);
