import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { connectAccount } from "@/lib/services/connect-account";
import { readAccounts } from "@/lib/services/read/read-accounts";

export const GET = route("accounts", getCtx, ({ ctx }) => readAccounts({ ctx }));
export const POST = route("connectAccount", getCtx, ({ ctx, body }) => connectAccount({ ctx, input: body }));
