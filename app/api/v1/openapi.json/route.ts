import { getCtx } from "@/lib/context";
import { openApiDocument } from "@/lib/http/openapi";
import { route } from "@/lib/http/route";

export const GET = route("openapi", getCtx, async () => openApiDocument());
