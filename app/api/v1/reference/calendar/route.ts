import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readReferenceCalendar } from "@/lib/services/read/read-reference-calendar";

export const GET = route("referenceCalendar", getCtx, ({ ctx }) => readReferenceCalendar({ ctx }));
