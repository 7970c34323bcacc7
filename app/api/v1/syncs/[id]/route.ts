import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readSync } from "@/lib/services/read/read-syncs";

export const GET = route("sync", getCtx, ({ ctx, params, query }) =>
  readSync({ ctx, input: { ...query, id: params.id ?? "" } }),
);
