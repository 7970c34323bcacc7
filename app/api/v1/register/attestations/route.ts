import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { attestRegister } from "@/lib/services/attest-register";

export const POST = route("attestRegister", getCtx, ({ ctx, body }) => attestRegister({ ctx, input: body }));
