import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { withdrawImport } from "@/lib/services/withdraw-import";

export const POST = route("withdrawImport", getCtx, ({ ctx, params, body }) =>
  withdrawImport({ ctx, input: { ...body, id: params.id ?? "" } }),
);
