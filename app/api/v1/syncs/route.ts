import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readSyncs } from "@/lib/services/read/read-syncs";
import { startSync } from "@/lib/services/start-sync";

export const GET = route("syncs", getCtx, ({ ctx, query }) => readSyncs({ ctx, input: query }));
export const POST = route("startSync", getCtx, async ({ ctx }) => {
  const { runId, joined } = await startSync({ ctx, input: { trigger: "manual" } });
  return { id: runId, joined };
});
