import type { NotificationSetup } from "@/lib/contracts/notifications";
import { loadChannels, loadNotificationRules } from "@/lib/db/notification-channel-store";
import { countMessages } from "@/lib/db/notification-queries";
import { AUDIENCES, type Audience, MESSAGE_STATES } from "@/lib/domain/notification";
import type { Directory } from "@/lib/notifications/routing/route-events";
import { channelItemOf } from "@/lib/services/channel-record";
import type { Ctx } from "@/lib/services/ctx";
import { loadDirectory } from "@/lib/services/notification-directory";
import { notificationRuleOf } from "@/lib/services/notification-rule-record";

/** Channels, routing, whom each audience reaches, and the state of the outbox. */
export async function readNotifications({ ctx }: { ctx: Ctx }): Promise<NotificationSetup> {
  const [channels, rules, directory, counts] = await Promise.all([
    loadChannels(ctx.db),
    loadNotificationRules(ctx.db),
    loadDirectory(ctx.db),
    countMessages(ctx.db),
  ]);
  return {
    channels: channels.map(channelItemOf),
    rules: rules.map(notificationRuleOf),
    reach: AUDIENCES.map((audience) => ({ audience, ...reachOf(audience, directory) })),
    messages: MESSAGE_STATES.map((state) => ({ state, count: counts.find((row) => row.state === state)?.count ?? 0 })),
    asOf: ctx.clock.now().toISOString(),
  };
}

/** Addresses an audience reaches; of owners also how many have none. */
function reachOf(audience: Audience, directory: Directory): { recipients: number; without: number } {
  if (audience !== "owner") return { recipients: directory[audience].length, without: 0 };
  const owners = [...directory.owners.values()];
  const addresses = new Set(owners.flatMap(({ recipients }) => recipients.map(({ address }) => address)));
  return { recipients: addresses.size, without: owners.filter(({ recipients }) => recipients.length === 0).length };
}
