import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { importReference } from "@/lib/services/import-reference";
import { readReferenceImports } from "@/lib/services/read/read-reference-imports";

export const GET = route("referenceImports", getCtx, ({ ctx }) => readReferenceImports({ ctx }));
export const POST = route("importReference", getCtx, ({ ctx, body }) => importReference({ ctx, input: body }));
