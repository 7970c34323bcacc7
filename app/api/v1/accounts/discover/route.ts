import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readDiscoverableAccounts } from "@/lib/services/read/read-accounts";

export const GET = route("discoverAccounts", getCtx, ({ ctx }) => readDiscoverableAccounts({ ctx }));
