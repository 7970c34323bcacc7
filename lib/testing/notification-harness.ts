import { auditPage } from "@/lib/contracts/audit";
import { type ChannelItem, channelItem, outboxPage } from "@/lib/contracts/notifications";
import { deriveNotifications } from "@/lib/services/derive-notifications";
import { sendNotifications } from "@/lib/services/send-notifications";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { deriveInTests } from "@/lib/testing/example-link";
import { startHttpReceiver, startSmtpReceiver } from "@/lib/testing/receivers";
import { INVENTORY_ONLY } from "@/lib/testing/sync-harness";

const BROKERS = ["checkout-orders", "route-planner"];
/** What stored passwords are recognised by. */
export const SMTP_PASSWORD = "smtp-Passw0rd-of-nobody";
/** The variable that the webhook's signing secret comes from. */
export const SIGNING_VARIABLE = "MQ_STEWARD_NOTIFY_TEST";

/** An API harness of two brokers, synced on 18 November at 06:00, with a mail server and a receiver of webhooks that no channel leads to yet. */
export async function startNotificationHarness() {
  const api: ApiHarness = await startApiHarness({ brokers: BROKERS, historyDays: 40 });
  const smtp = await startSmtpReceiver();
  /** What the receiver of webhooks says to the next requests; 204 when nothing is left. */
  const answers: { status: number; headers?: Record<string, string> }[] = [];
  const hook = await startHttpReceiver((_request, response) => {
    const { status, headers } = answers.shift() ?? { status: 204 };
    response.writeHead(status, headers).end();
  });
  /** The JSON of a request that must be answered so. */
  const call = async (method: string, path: string, body?: unknown, status = 200): Promise<unknown> => {
    const answer = await api.call(method, `/api/v1${path}`, body === undefined ? {} : { body });
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${answer.text}`);
    return answer.json();
  };
  const sync = (instant: string) => api.sync(instant, [...INVENTORY_ONLY]);
  await api.connect();
  await sync("2026-11-18T06:00:00Z");

  return {
    api,
    smtp,
    hook,
    answers,
    call,
    sync,
    send: async () => sendNotifications({ ctx: await api.ctx(), input: { derive: deriveInTests } }),
    derive: async () => deriveNotifications({ ctx: await api.ctx() }),
    outbox: async (search = "") => outboxPage.parse(await api.get(`/api/v1/notifications/outbox${search}`)),
    rows: async <T>(sql: string, ...params: unknown[]): Promise<T[]> => (await api.ctx()).db.rows<T>(sql, ...params),
    auditOf: async (action: string) => auditPage.parse(await api.get(`/api/v1/audit?action=${action}`)).items,
    /** Lets messages go to this machine, with a day of Lisbon. */
    setUp: () =>
      call("PATCH", "/settings", {
        notifications: {
          publicAddress: "https://steward.example.com",
          timeZone: "Europe/Lisbon",
          digestHour: 8,
          weeklyDay: 1,
          quietHours: null,
          quietForCritical: false,
          escalateAfterDays: 7,
          allowedAddresses: ["127.0.0.1"],
        },
      }),
    addEmail: async (): Promise<ChannelItem> =>
      channelItem.parse(
        await call(
          "POST",
          "/notifications/channels",
          {
            kind: "email",
            name: "Mail",
            settings: { host: "127.0.0.1", port: smtp.port, security: "none", from: "steward@example.com", user: "" },
            secrets: { password: { value: SMTP_PASSWORD } },
          },
          201,
        ),
      ),
    addWebhook: async (name = "Hook"): Promise<ChannelItem> =>
      channelItem.parse(
        await call(
          "POST",
          "/notifications/channels",
          {
            kind: "webhook",
            name,
            settings: { url: hook.url },
            secrets: { signingSecret: { variable: SIGNING_VARIABLE } },
          },
          201,
        ),
      ),
    close: async () => {
      await api.close();
      await smtp.close();
      await hook.close();
    },
  };
}

export type NotificationHarness = Awaited<ReturnType<typeof startNotificationHarness>>;
