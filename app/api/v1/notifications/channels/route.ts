import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { createChannel } from "@/lib/services/create-channel";

export const POST = route("createChannel", getCtx, ({ ctx, body }) => createChannel({ ctx, input: body }));
