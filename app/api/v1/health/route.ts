import { getCtx } from "@/lib/context";
import { PRODUCT } from "@/lib/domain/product";
import { route } from "@/lib/http/route";

export const GET = route("health", getCtx, async () => ({ status: "ok" as const, version: PRODUCT.version }));
