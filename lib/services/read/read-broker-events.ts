import type { z } from "zod";
import type { brokerEvents } from "@/lib/contracts/brokers";
import { parseObservedAttributes } from "@/lib/db/broker-attributes";
import { brokerDocument, findBroker } from "@/lib/db/broker-queries";
import { brokerCloudTrailEvents } from "@/lib/db/cloudtrail-event-store";
import { brokerHealthEvents } from "@/lib/db/health-event-store";
import { loadScopeState } from "@/lib/db/sync-scope-state-store";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";

/** Events shown of one broker: the newest. */
const SHOWN = 200;

/** Who did what to a broker, newest first, as CloudTrail recorded it, and how far it was read. Errors: not-found. */
export async function readBrokerEvents({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<z.input<typeof brokerEvents>> {
  const broker = await findBroker(ctx.db, input.id);
  const document = broker ? await brokerDocument(ctx.db, broker.dbId) : null;
  if (!broker || !document) throw new AppError("not-found", `There is no broker ${input.id}.`);
  const { accountId, region } = broker;
  const { configuration } = parseObservedAttributes(document.attributes);
  const refs = [configuration?.current, configuration?.pending, ...(configuration?.history ?? [])];
  const [events, notices, state, health] = await Promise.all([
    brokerCloudTrailEvents(
      ctx.db,
      {
        accountId,
        region,
        brokerId: broker.id,
        configurationIds: [...new Set(refs.flatMap((ref) => (ref ? [ref.id] : [])))],
      },
      SHOWN,
    ),
    brokerHealthEvents(ctx.db, { accountId, names: [broker.arn, broker.id, broker.name] }, SHOWN),
    loadScopeState(ctx.db, { source: "cloudtrail-events", accountId, region }),
    loadScopeState(ctx.db, { source: "health-events", accountId, region: "" }),
  ]);
  return {
    items: events.map((event) => ({
      id: event.eventId,
      at: event.at.toISOString(),
      name: event.name,
      actor: event.actor,
      actorArn: event.actorArn,
      sourceIp: event.sourceIp,
      summary: { ...event.summary },
      refused: event.errorCode,
    })),
    readUntil: state?.lastCompleteAt?.toISOString() ?? null,
    notRead: state && state.lastStatus !== "complete" ? (state.message ?? state.lastStatus) : null,
    notices: {
      items: notices.map((notice) => ({
        id: notice.arn,
        typeCode: notice.typeCode,
        category: notice.category,
        status: notice.status,
        startAt: notice.startAt?.toISOString() ?? null,
        endAt: notice.endAt?.toISOString() ?? null,
      })),
      readUntil: health?.lastCompleteAt?.toISOString() ?? null,
      notRead: health && health.lastStatus !== "complete" ? (health.message ?? health.lastStatus) : null,
    },
    asOf: ctx.clock.now().toISOString(),
  };
}
