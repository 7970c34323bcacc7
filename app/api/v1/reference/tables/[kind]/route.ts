import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readReferenceTable } from "@/lib/services/read/read-reference-table";

export const GET = route("referenceTable", getCtx, ({ ctx, query, params }) =>
  readReferenceTable({ ctx, input: { ...query, kind: params.kind ?? "" } }),
);
