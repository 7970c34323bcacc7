import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readNotifications } from "@/lib/services/read/read-notifications";

export const GET = route("notifications", getCtx, ({ ctx }) => readNotifications({ ctx }));
