import type { SimulatedClock } from "./clock";
import type { Fault, Faults } from "./faults";
import type { FleetIndex } from "./fleet-index";
import type { Journal } from "./journal";
import { isOptIn } from "./organisation/regions";
import type { IncomingCall, Service, SimulatorSettings } from "./services/service";
import type { Sessions } from "./services/sts-service";
import { countedByRegion, type TokenBuckets } from "./throttle";
import { AwsError, accessDenied, errorReply } from "./wire/aws-error";
import type { Reply, WireProtocol } from "./wire/reply";
import { accountOfAccessKey, credentialScope } from "./wire/signature";

export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly target: string | undefined;
  readonly body: string;
  readonly requestId: string;
}

/** Either an answer, or a way of not answering. */
export type Outcome =
  | { readonly reply: Reply }
  | { readonly misbehave: "hang" | "cut" | "malformed"; readonly reply?: Reply };

export interface DispatcherParts {
  readonly fleet: FleetIndex;
  readonly clock: SimulatedClock;
  readonly settings: SimulatorSettings;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly buckets: ReadonlyMap<string, TokenBuckets>;
  readonly sessions: Sessions;
  readonly services: ReadonlyMap<string, Service>;
}

function faultError(fault: Fault, call: IncomingCall, service: string, operation: string): AwsError {
  switch (fault.kind) {
    case "deny":
      return accessDenied(call.principalArn, `${service === "monitoring" ? "cloudwatch" : service}:${operation}`);
    case "throttle":
      return throttled(service);
    case "not-found":
      return new AwsError(404, "NotFoundException", "The requested resource was not found.", "resource");
    case "region-disabled":
      return regionDisabled(service);
    case "expired-token":
      return new AwsError(403, "ExpiredTokenException", "The security token included in the request is expired");
    case "no-subscription":
      return new AwsError(400, "SubscriptionRequiredException", "AWS Premium Support Subscription is required.");
    case "unknown-operation":
      return unknownOperation();
    default:
      return new AwsError(500, "InternalServerErrorException", "We encountered an internal error. Please try again.");
  }
}

function throttled(service: string): AwsError {
  // Cost Explorer has a word of its own; the others answer with what every SDK knows.
  return service === "ce"
    ? new AwsError(400, "LimitExceededException", "Rate exceeded")
    : new AwsError(429, "ThrottlingException", "Rate exceeded");
}

function regionDisabled(service: string): AwsError {
  return service === "sts"
    ? new AwsError(403, "RegionDisabledException", "STS is not activated in this region for the account")
    : new AwsError(403, "UnrecognizedClientException", "The security token included in the request is invalid.");
}

function unknownOperation(): AwsError {
  return new AwsError(404, "UnknownOperationException", "The requested operation is not recognized by the service.");
}

/** Who signs: the account inside a key of ours; any other key is the management account's, as ambient credentials are. */
function accountIdOf(accessKeyId: string, fleet: FleetIndex): string {
  return accountOfAccessKey(accessKeyId) ?? fleet.organisation.managementAccountId;
}

/** Takes a request to its service and makes the answer; throws nothing. */
export function dispatch(raw: RawRequest, parts: DispatcherParts): Outcome {
  const [path = "/", query = ""] = raw.url.split("?", 2);
  const search = new URLSearchParams(query);
  const scope = credentialScope(raw.authorization, search);
  const { fleet, journal, clock, settings } = parts;
  if (!scope) {
    journal.record("-", "-", "-", "unsigned", 403, false);
    return {
      reply: errorReply(
        new AwsError(403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        "rest-json",
        raw.requestId,
      ),
    };
  }
  const accountId = accountIdOf(scope.accessKeyId, fleet);
  const account = fleet.account(accountId);
  const service = parts.services.get(scope.service);
  let protocol: WireProtocol = "rest-json";
  let operation = "unknown";
  const fail = (error: AwsError, throttledRequest = false): Outcome => {
    const reply = errorReply(error, protocol, raw.requestId);
    journal.record(accountId, scope.region, scope.service, operation, reply.status, throttledRequest);
    return { reply };
  };
  if (!service) return fail(unknownOperation());
  const call: IncomingCall = {
    method: raw.method,
    path,
    search,
    target: raw.target,
    body: raw.body,
    region: scope.region,
    account: account ?? {
      id: accountId,
      name: "",
      email: "",
      status: "SUSPENDED",
      joinedAt: 0,
      roles: [],
      optInRegions: [],
    },
    principalArn: parts.sessions.principalArn(scope.accessKeyId, accountId),
    accessKeyId: scope.accessKeyId,
    now: clock.now(),
    requestId: raw.requestId,
  };
  protocol = service.protocolOf(call);
  const matched = service.match(call);
  operation = matched?.operation ?? "unknown";
  if (account?.status !== "ACTIVE") {
    return fail(
      new AwsError(403, "UnrecognizedClientException", "The security token included in the request is invalid."),
    );
  }
  if (parts.faults.any) {
    const fault = parts.faults.strike({
      account: accountId,
      region: scope.region,
      service: scope.service,
      operation,
      page: matched?.page ?? 0,
    });
    if (fault?.kind === "hang" || fault?.kind === "cut" || fault?.kind === "malformed") {
      journal.record(accountId, scope.region, scope.service, operation, fault.kind === "malformed" ? 200 : 0, false);
      return {
        misbehave: fault.kind,
        reply: matched && fault.kind !== "hang" ? answerOrError(matched.answer, protocol, raw.requestId) : undefined,
      };
    }
    if (fault) return fail(faultError(fault, call, scope.service, operation), fault.kind === "throttle");
  }
  if (isOptIn(scope.region) && !settings.optInRegions && !account.optInRegions.includes(scope.region)) {
    return fail(regionDisabled(scope.service));
  }
  const bucketKey = countedByRegion.has(scope.service) ? `${accountId}/${scope.region}` : accountId;
  if (settings.throttle && !parts.buckets.get(scope.service)?.take(bucketKey, clock.throttleNow()))
    return fail(throttled(scope.service), true);
  if (!matched) return fail(unknownOperation());
  const reply = answerOrError(matched.answer, matched.protocol, raw.requestId);
  journal.record(accountId, scope.region, scope.service, operation, reply.status, false);
  return { reply };
}

function answerOrError(answer: () => Reply, protocol: WireProtocol, requestId: string): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof AwsError) return errorReply(error, protocol, requestId);
    console.error("simulator defect:", error);
    return errorReply(
      new AwsError(500, "InternalServerErrorException", `simulator defect: ${String(error)}`),
      protocol,
      requestId,
    );
  }
}
