import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { previewPlan } from "@/lib/services/read/preview-plan";

export const POST = route("previewPlan", getCtx, ({ ctx, body }) => previewPlan({ ctx, input: body }));
