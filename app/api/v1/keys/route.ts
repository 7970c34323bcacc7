import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { createKey } from "@/lib/services/create-key";
import { readKeys } from "@/lib/services/read/read-keys";

export const GET = route("keys", getCtx, ({ ctx }) => readKeys({ ctx }));
export const POST = route("createKey", getCtx, ({ ctx, body }) => createKey({ ctx, input: body }));
