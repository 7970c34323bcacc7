import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { rotateKey } from "@/lib/services/rotate-key";

export const POST = route("rotateKey", getCtx, ({ ctx, params }) => rotateKey({ ctx, input: { id: params.id ?? "" } }));
