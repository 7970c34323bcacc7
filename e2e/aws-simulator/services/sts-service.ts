import { AwsError, accessDenied } from "../wire/aws-error";
import type { Reply } from "../wire/reply";
import { accessKeyFor } from "../wire/signature";
import { toXml } from "../wire/xml";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "./service";

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** Remembers which role a session key was made for, so that GetCallerIdentity can name it. */
export class Sessions {
  private readonly roles = new Map<string, string>();
  private count = 0;

  open(accountId: string, role: string, session: string): string {
    this.count += 1;
    const nonce = this.count.toString(36).toUpperCase().padStart(4, "0").slice(-4);
    const key = accessKeyFor(accountId, "ASIA", nonce);
    this.roles.set(key, `assumed-role/${role}/${session}`);
    return key;
  }

  /** ARN of whoever signs with the key. A key from before a restart still names its account. */
  principalArn(accessKeyId: string, accountId: string): string {
    const role = this.roles.get(accessKeyId);
    if (role) return `arn:aws:sts::${accountId}:${role}`;
    return accessKeyId.startsWith("ASIA")
      ? `arn:aws:sts::${accountId}:assumed-role/Unknown/session`
      : `arn:aws:iam::${accountId}:user/mq-steward`;
  }
}

function result(operation: string, value: unknown, requestId: string): Reply {
  const body =
    `<${operation}Response xmlns="${namespace}">${toXml(`${operation}Result`, value)}` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, contentType: "text/xml", headers: {}, body };
}

function assumeRole(call: IncomingCall, form: URLSearchParams, context: ServiceContext, sessions: Sessions): Reply {
  const arn = form.get("RoleArn") ?? "";
  const session = form.get("RoleSessionName");
  const [, accountId, roleName] = roleArn.exec(arn) ?? [];
  if (!session || !accountId || !roleName) {
    throw new AwsError(
      400,
      "ValidationError",
      `1 validation error detected: Value '${arn}' at 'roleArn' failed to satisfy constraint`,
    );
  }
  const account = context.fleet.account(accountId);
  const role = account?.status === "ACTIVE" ? account.roles.find((entry) => entry.name === roleName) : undefined;
  // AWS does not tell an unknown role, an unknown account and a wrong external id apart.
  if (!role || (role.externalId !== undefined && role.externalId !== form.get("ExternalId"))) {
    const denied = accessDenied(call.principalArn, "sts:AssumeRole", arn);
    throw new AwsError(
      403,
      denied.code,
      `User: ${call.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  const seconds = Number(form.get("DurationSeconds") ?? 3600);
  const accessKeyId = sessions.open(accountId, roleName, session);
  return result(
    "AssumeRole",
    {
      AssumedRoleUser: {
        AssumedRoleId: `AROA${accountId}SIM:${session}`,
        Arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${session}`,
      },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: `simulated-secret-of-${accessKeyId}`,
        SessionToken: `simulated-session-${accessKeyId}`,
        // Wall time, because clients compare it with their own clock, never with the simulated one.
        Expiration: new Date(Date.now() + seconds * 1000).toISOString(),
      },
    },
    call.requestId,
  );
}

/** STS, query protocol: GetCallerIdentity and AssumeRole. */
export function stsService(context: ServiceContext, sessions: Sessions): Service {
  return {
    id: "sts",
    protocolOf: () => "query",
    match: (call): MatchedCall | undefined => {
      const form = new URLSearchParams(call.body);
      const operation = form.get("Action") ?? call.search.get("Action");
      const common = { protocol: "query", page: 0 } as const;
      if (operation === "GetCallerIdentity") {
        return {
          ...common,
          operation,
          answer: () =>
            result(
              operation,
              { Arn: call.principalArn, UserId: `AIDA${call.account.id}SIM`, Account: call.account.id },
              call.requestId,
            ),
        };
      }
      if (operation === "AssumeRole")
        return { ...common, operation, answer: () => assumeRole(call, form, context, sessions) };
      return undefined;
    },
  };
}
