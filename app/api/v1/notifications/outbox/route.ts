import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readOutbox } from "@/lib/services/read/read-outbox";

export const GET = route("outbox", getCtx, ({ ctx, query }) => readOutbox({ ctx, input: query }));
