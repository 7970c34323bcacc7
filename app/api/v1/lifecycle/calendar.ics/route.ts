import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { lifecycleCalendar } from "@/lib/services/read/lifecycle-calendar";

export const GET = route("lifecycleCalendar", getCtx, ({ ctx, query: { token: _, ...cut } }) =>
  lifecycleCalendar({ ctx, input: cut }),
);
