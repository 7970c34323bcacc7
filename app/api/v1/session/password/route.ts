import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changePassword } from "@/lib/services/change-password";

export const POST = route("changePassword", getCtx, ({ ctx, body }) => changePassword({ ctx, input: body }));
