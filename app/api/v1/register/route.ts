import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readRegister } from "@/lib/services/read/read-register";

export const GET = route("register", getCtx, ({ ctx }) => readRegister({ ctx }));
