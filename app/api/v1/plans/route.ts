import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { createPlan } from "@/lib/services/create-plan";
import { readPlans } from "@/lib/services/read/read-plans";

export const GET = route("plans", getCtx, ({ ctx, query }) => readPlans({ ctx, input: query }));
export const POST = route("createPlan", getCtx, ({ ctx, body }) => createPlan({ ctx, input: body }));
