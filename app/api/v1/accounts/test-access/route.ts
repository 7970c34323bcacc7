import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { testAccess } from "@/lib/services/test-access";

export const POST = route("testAccess", getCtx, ({ ctx, body }) => testAccess({ ctx, input: body }));
