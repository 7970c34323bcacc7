import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readPolicyDocuments } from "@/lib/services/read/read-accounts";

export const GET = route("policy", getCtx, ({ ctx }) => readPolicyDocuments({ ctx }));
