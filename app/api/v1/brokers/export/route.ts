import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportBrokers } from "@/lib/services/read/export-brokers";

export const GET = route("brokersCsv", getCtx, ({ ctx, query }) => exportBrokers({ ctx, input: query }));
