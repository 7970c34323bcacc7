import { z } from "zod";
import type { BrokerEventRead } from "../../gateway";
import { instantText } from "../../normalize-values";
import type { EventAnswer } from "./fetch";

/** How CloudTrail names Amazon MQ as the source of events. */
const SOURCES: ReadonlySet<string> = new Set(["amazonmq.amazonaws.com", "mq.amazonaws.com"]);

/**
 * Parameters of requests that are kept, by what CloudTrail calls them. A list of what is allowed and not of what is secret: passwords, LDAP
 * service accounts and configuration texts never get here, whatever AWS adds.
 */
const KEPT_PARAMETERS: readonly string[] = [
  "authenticationStrategy",
  "autoMinorVersionUpgrade",
  "brokerName",
  "configuration",
  "consoleAccess",
  "dataReplicationMode",
  "deploymentMode",
  "engineType",
  "engineVersion",
  "groups",
  "hostInstanceType",
  "logs",
  "maintenanceWindowStartTime",
  "mode",
  "publiclyAccessible",
  "replicationUser",
  "securityGroups",
  "storageSize",
  "storageType",
  "username",
];
const MAX_TEXT = 200;

const record = z.record(z.string(), z.unknown()).nullish();
const detail = z.object({
  userIdentity: z
    .object({
      arn: z.string().nullish(),
      userName: z.string().nullish(),
      invokedBy: z.string().nullish(),
      principalId: z.string().nullish(),
    })
    .nullish(),
  sourceIPAddress: z.string().nullish(),
  errorCode: z.string().nullish(),
  requestParameters: record,
  responseElements: record,
});

type Detail = z.output<typeof detail>;

/** An event of Amazon MQ; null when it is one of another service that has the same name, or has no readable time. */
export function normalizeEvent(event: EventAnswer): BrokerEventRead | null {
  if (!SOURCES.has(event.EventSource ?? "")) return null;
  const at = instantText(event.EventTime);
  if (!at) return null;
  const told = detailOf(event.CloudTrailEvent);
  const named = { ...told.responseElements, ...told.requestParameters };
  return {
    eventId: event.EventId,
    at: new Date(at),
    name: event.EventName,
    actor: actorOf(event, told),
    actorArn: told.userIdentity?.arn ?? null,
    sourceIp: told.sourceIPAddress ?? null,
    brokerId: textOf(named, "brokerId", "broker-id", "BrokerId"),
    configurationId: textOf(named, "configurationId", "configuration-id", "ConfigurationId"),
    summary: Object.fromEntries(
      KEPT_PARAMETERS.flatMap((name) => {
        const value = plainText(told.requestParameters?.[name]);
        return value === null ? [] : [[name, value]];
      }),
    ),
    errorCode: told.errorCode ?? null,
  };
}

function detailOf(text: string | null | undefined): Detail {
  try {
    return detail.parse(JSON.parse(text ?? "{}"));
  } catch {
    // What the event itself says is enough to know that something happened, when, and by whom.
    return {};
  }
}

/** Who did it: `Role/session` of an assumed role, the name of a user, or the service that acted. */
function actorOf(event: EventAnswer, { userIdentity }: Detail): string | null {
  const resource = userIdentity?.arn?.split(":").slice(5).join(":") ?? "";
  const [kind, ...rest] = resource.split("/");
  if (kind === "assumed-role" && rest.length > 0) return rest.join("/");
  return (
    userIdentity?.userName || event.Username || userIdentity?.invokedBy || resource || userIdentity?.principalId || null
  );
}

function textOf(named: Record<string, unknown>, ...names: readonly string[]): string | null {
  const found = names.map((name) => named[name]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : null;
}

/** A parameter as text: "general: true, audit: false"; null when there is nothing to say. */
function plainText(value: unknown): string | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    const text = String(value);
    return text === "" ? null : text.slice(0, MAX_TEXT);
  }
  if (typeof value !== "object" || value === null) return null;
  const parts = Array.isArray(value)
    ? value.map(plainText)
    : Object.entries(value).map(([name, inner]) => {
        const text = plainText(inner);
        return text === null ? null : `${name}: ${text}`;
      });
  const text = parts.filter((part) => part !== null).join(", ");
  return text === "" ? null : text.slice(0, MAX_TEXT);
}
