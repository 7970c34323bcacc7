import { BASE_DAYS, costAnomalies } from "@/lib/cost/cost-anomaly";
import type { Database } from "@/lib/db/client";
import { loadChannels, loadNotificationRules } from "@/lib/db/notification-channel-store";
import {
  deriveEvents,
  finalCostDays,
  insertEvents,
  lockNotifications,
  markRouted,
  type NewEvent,
  unroutedEvents,
} from "@/lib/db/notification-event-store";
import { addMessages, forgetMessages } from "@/lib/db/notification-outbox-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { severityOfRank, severityRank } from "@/lib/domain/finding";
import { Decimal } from "@/lib/domain/money";
import { isEventKind } from "@/lib/domain/notification";
import { addDays, type PlainDate, parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { FORCED_UPGRADE_DAYS } from "@/lib/lifecycle/support-status";
import { CHANNELS } from "@/lib/notifications/registry";
import { routeEvents } from "@/lib/notifications/routing/route-events";
import { freeOfKnownAdvisories } from "@/lib/rules/life-cycle/free-of-known-advisories";
import { kindOf } from "@/lib/services/channel-record";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { loadDirectory } from "@/lib/services/notification-directory";
import { notificationRuleOf } from "@/lib/services/notification-rule-record";

const TIMEOUT_MS = 300_000;
/** Events routed at a time: bounds memory. */
const BATCH = 5_000;
/** For so long the outbox shows what became of a message: a year, and a margin to look back from. */
const MESSAGE_DAYS = 400;
/** Days of costs looked at beside the base: recent days, and days that are missing. */
const COST_DAYS = BASE_DAYS + 30;

/**
 * Makes the events that stored facts give rise to, and chooses who is told, in one transaction. After each sync and once a day; doing it again makes
 * nothing twice. While no channel is on, nothing is made: the first step with one tells how things stand.
 */
export async function deriveNotifications({ ctx }: { ctx: Ctx }): Promise<{ events: number; routed: number }> {
  return ctx.db.transaction(
    async (tx) => {
      await lockNotifications(tx);
      // What an evaluation is writing has lower ids than what others write meanwhile: it must not be passed over.
      await holdEvaluation(tx);
      const settings = (await currentSettings(tx)).notifications;
      const channels = (await loadChannels(tx)).filter(({ enabled }) => enabled);
      const at = ctx.clock.now();
      const today = plainDateFromInstantUtc(at);
      await forgetMessages(tx, new Date(at.getTime() - MESSAGE_DAYS * 86_400_000));
      let events = 0;
      if (channels.length > 0) {
        events += await deriveEvents(tx, {
          at,
          today,
          forcedUpgradeDays: FORCED_UPGRADE_DAYS,
          advisoryRuleId: freeOfKnownAdvisories.id,
          escalateAfterDays: settings.escalateAfterDays,
        });
        events += await insertEvents(tx, await anomalyEvents(tx, today), at);
      }
      const routing = {
        rules: (await loadNotificationRules(tx)).filter(({ enabled }) => enabled).map(notificationRuleOf),
        channels: channels.map((row) => ({ id: row.id, ...CHANNELS[kindOf(row)] })),
        directory: await loadDirectory(tx),
        settings,
        now: at,
      };
      const routed = await routeAll(tx, routing, at);
      if (routed > 0)
        await ctx.queue.add("send-notifications", {}, { key: "send-notifications", lane: "notifications", within: tx });
      return { events, routed };
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

async function routeAll(tx: Database, routing: Parameters<typeof routeEvents>[1], at: Date): Promise<number> {
  let messages = 0;
  for (;;) {
    const rows = await unroutedEvents(tx, BATCH);
    if (rows.length === 0) return messages;
    const routed = routeEvents(
      rows.flatMap(({ id, kind, severity, ownerId }) => {
        const name = severityOfRank(severity);
        return isEventKind(kind) && name ? [{ id, kind, severity: name, ownerId }] : [];
      }),
      routing,
    );
    if (routed.length > 0)
      await addMessages(
        tx,
        routed.map(({ recipient, severity, ...message }) => ({
          ...message,
          recipient: recipient.address,
          recipientName: recipient.name,
          personId: recipient.personId,
          severity: severityRank(severity),
        })),
        at,
      );
    await markRouted(
      tx,
      rows.map(({ id }) => id),
      at,
    );
    messages += routed.length;
  }
}

async function anomalyEvents(tx: Database, today: PlainDate): Promise<NewEvent[]> {
  const rows = await finalCostDays(tx, addDays(today, -COST_DAYS));
  const byAccount = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = `${row.accountId}|${row.currency}`;
    const days = byAccount.get(key);
    if (days) days.push(row);
    else byAccount.set(key, [row]);
  }
  return [...byAccount.values()].flatMap((days) => {
    const [first] = days;
    if (!first) throw new AppError("internal", "a group without rows");
    const totals = days.map(({ day, billed }) => ({ day: parsePlainDate(day), billed: new Decimal(billed) }));
    return costAnomalies(totals, today).map(({ day, amount, mean, percent }) => ({
      key: `cost-anomaly:${first.accountId}:${first.currency}:${day}`,
      kind: "cost-anomaly",
      severity: severityRank("medium"),
      ownerId: null,
      findingId: null,
      facts: {
        account: first.accountId,
        currency: first.currency,
        day,
        amount: amount.toFixed(2),
        mean: mean.toFixed(2),
        percent,
      },
    }));
  });
}
