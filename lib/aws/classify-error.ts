import type { ErrorCode } from "@/lib/domain/errors";
import { type ErrorFacts, factsOf, presentable } from "./error-facts";
import { AssumeRoleError, AwsCallError, type AwsFailure, InvalidAnswerError, type RetryAdvice } from "./failure";
import { type AwsService, SERVICE_TITLES } from "./service";

/** AWS's error codes by what they mean here. Matched without the suffixes `Exception` and `Error`, which differ between protocols. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  ...all("aws-credentials", [
    "AuthFailure",
    "CredentialsProvider",
    "ExpiredToken",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidIdentityToken",
    "InvalidSignature",
    "InvalidToken",
    "MissingAuthenticationToken",
    "Provider",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "TokenProvider",
    "TokenRefreshRequired",
    "UnrecognizedClient",
  ]),
  ...all("aws-access-denied", [
    "AccessDenied",
    "AuthorizationError",
    "Forbidden",
    "NotAuthorized",
    "Unauthorized",
    "UnauthorizedAccess",
    "UnauthorizedOperation",
    "SubscriptionRequired",
  ]),
  ...all("aws-region-disabled", ["OptInRequired", "RegionDisabled"]),
  ...all("aws-not-found", ["NotFound", "ResourceNotFound", "NoSuchEntity"]),
  ...all("aws-operation-unsupported", [
    "AWSOrganizationsNotInUse",
    "DataUnavailable",
    "InvalidAction",
    "NotImplemented",
    "UnknownOperation",
    "UnsupportedOperation",
  ]),
  ...all("aws-throttled", [
    "BandwidthLimitExceeded",
    "LimitExceeded",
    "PriorRequestNotComplete",
    "RequestLimitExceeded",
    "RequestThrottled",
    "SlowDown",
    "Throttled",
    "Throttling",
    "TooManyRequests",
  ]),
  ...all("aws-server-error", [
    "InternalFailure",
    "InternalServer",
    "InternalServerError",
    "InternalService",
    "ServiceUnavailable",
  ]),
};

const UNREACHABLE = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "EPROTO",
]);

/**
 * Every failure of an AWS call in the product's words. Exhaustive: what nobody foresaw is `failed` / `internal` with a neutral message. Takes
 * the SDK's errors, Node's, and those of this room. Whether an unusable credential means a region that is off can only be said by asking STS
 * elsewhere; the session does that.
 */
export function classifyAwsError(error: unknown, service: AwsService, region: string): AwsFailure {
  if (error instanceof AwsCallError) return error.failure;
  if (error instanceof AssumeRoleError) return ofAssumeRole(error, region);
  const where =
    service === "ce" || service === "organizations"
      ? SERVICE_TITLES[service]
      : `${SERVICE_TITLES[service]} in ${region}`;
  if (error instanceof InvalidAnswerError) {
    return invalidAnswer(where, error.message);
  }
  const facts = factsOf(error);
  // AWS Health alone means the support plan by it, and asking for permission would not help.
  const noPlan = service === "health" && facts.code.startsWith("SubscriptionRequired");
  return describe(noPlan ? "aws-operation-unsupported" : errorCodeOf(facts), facts, where, region);
}

function errorCodeOf(facts: ErrorFacts): ErrorCode {
  const { httpStatus: status, code, transport } = facts;
  if (transport === "cut") return "aws-unreachable";
  if (transport === "too-large") return "aws-invalid-response";
  if (transport !== null || facts.networkCode === "ETIMEDOUT") return "aws-timeout";
  if (UNREACHABLE.has(facts.networkCode) || isTlsCode(facts.networkCode)) return "aws-unreachable";
  // A server without the operation answers 501 or 405, whatever it calls it.
  if (status === 501 || status === 405) return "aws-operation-unsupported";
  if (/\bis not enabled\b.*\bregion\b|\bregion\b.*\bis not enabled\b/i.test(facts.awsMessage))
    return "aws-region-disabled";
  const known = CODES[code.replace(/(Exception|Error|Fault)$/, "")] ?? CODES[code];
  if (known) return known;
  if (status === null) return "internal";
  if (status === 404) return facts.hasErrorAttribute ? "aws-not-found" : "aws-operation-unsupported";
  if (status === 429) return "aws-throttled";
  if (status === 401) return "aws-credentials";
  if (status === 403) return "aws-access-denied";
  if (status === 408) return "aws-timeout";
  if (status >= 500) return "aws-server-error";
  if (status >= 400) return "aws-bad-request";
  // 2xx that could not be read; 3xx that no AWS service sends.
  return "aws-invalid-response";
}

function describe(errorCode: ErrorCode, facts: ErrorFacts, where: string, region: string): AwsFailure {
  const said = facts.awsMessage ? `: ${presentable(facts.awsMessage)}` : "";
  const awsCode = facts.code === "" ? null : facts.code;
  const failure = (
    status: AwsFailure["status"],
    message: string,
    wayOut: string,
    retry: RetryAdvice = "no",
  ): AwsFailure => ({ status, errorCode, message, wayOut, retry, awsCode });
  switch (errorCode) {
    case "aws-credentials":
      // AWS's own text may quote the signed request, so it is not repeated.
      return failure(
        "denied",
        awsCode?.startsWith("ExpiredToken") || awsCode === "RequestExpired"
          ? `${where}: the AWS credentials have expired`
          : awsCode === "CredentialsProviderError" || awsCode === "ProviderError" || awsCode === "TokenProviderError"
            ? "No AWS credentials were found"
            : `${where} did not accept the AWS credentials${awsCode ? ` (${awsCode})` : ""}`,
        "Renew or provide credentials (AWS_PROFILE, AWS_ACCESS_KEY_ID, an SSO login or an instance role), check this machine's clock, then sync again.",
      );
    case "aws-access-denied":
      return failure(
        "denied",
        `${where} denied access${said}`,
        where.startsWith(SERVICE_TITLES.ce)
          ? "Attach the read-only policy shown in Settings, and switch on IAM access to billing and Cost Explorer in the payer account."
          : "Attach the read-only policy shown in Settings to the role or user; if a service control policy denies it, ask who runs the organisation.",
      );
    case "aws-region-disabled":
      return failure(
        "region-off",
        `Region ${region} is not enabled in this account`,
        "Enable the region in the account's settings, or take it out of the regions to read.",
      );
    case "aws-not-found":
      return failure(
        "failed",
        `${where} does not know what was asked for${said}`,
        "Sync again: it may have been deleted meanwhile.",
      );
    case "aws-operation-unsupported":
      return facts.code === "AWSOrganizationsNotInUseException"
        ? failure("unsupported", "The account is not part of an organisation", "Connect accounts by role ARN instead.")
        : facts.code === "DataUnavailableException"
          ? failure(
              "unsupported",
              `${where} has no such data${said}`,
              "Switch the data on in the Cost Explorer settings; it appears within a day.",
            )
          : facts.code.startsWith("SubscriptionRequired")
            ? failure(
                "unsupported",
                "The support plan of this account has no AWS Health API",
                "It comes with the plans Business, Enterprise On-Ramp and Enterprise. Everything else is read without it.",
              )
            : failure(
                "unsupported",
                `The endpoint of ${where} does not know this operation`,
                "Nothing to do on AWS itself. With a custom endpoint (AWS_ENDPOINT_URL), this source stays empty.",
              );
    case "aws-throttled":
      return failure(
        "failed",
        `${where} kept refusing for too many requests${said}`,
        "Something else uses the account's request limit. The next sync tries again.",
        "throttle",
      );
    case "aws-server-error":
      return failure(
        "failed",
        `${where} answered with a server error${facts.httpStatus ? ` (HTTP ${facts.httpStatus})` : ""}${said}`,
        "Usually passes by itself; see the AWS Health Dashboard. The next sync tries again.",
        "transient",
      );
    case "aws-timeout":
      return failure(
        "failed",
        facts.transport === "connect-timeout"
          ? `${where} could not be reached in time`
          : `${where} did not answer in time`,
        "Check the network, a proxy or firewall, and a custom endpoint (AWS_ENDPOINT_URL).",
        "timeout",
      );
    case "aws-unreachable":
      return unreachable(facts, where, failure);
    case "aws-invalid-response":
      return {
        ...invalidAnswer(where, facts.transport === "too-large" ? "longer than any real answer" : "not readable"),
        awsCode,
      };
    case "aws-bad-request":
      return failure(
        "failed",
        `${where} called the request invalid${awsCode ? ` (${awsCode})` : ""}${said}`,
        "Report this with the message: the request is made by the program.",
      );
    default:
      return failure(
        "failed",
        `${where}: the request failed for an unknown reason`,
        "The log of the server has the details.",
      );
  }
}

function unreachable(
  facts: ErrorFacts,
  where: string,
  failure: (status: "failed", message: string, wayOut: string, retry: RetryAdvice) => AwsFailure,
): AwsFailure {
  if (facts.networkCode === "ENOTFOUND" || facts.networkCode === "EAI_AGAIN") {
    return failure(
      "failed",
      `${where}: the address of the service was not found`,
      "Check name resolution and a custom endpoint; if other regions work, the service may not exist in this one.",
      facts.networkCode === "EAI_AGAIN" ? "transient" : "no",
    );
  }
  if (isTlsCode(facts.networkCode)) {
    return failure(
      "failed",
      `${where}: the server's certificate is not trusted (${facts.networkCode})`,
      "A proxy that opens TLS needs its certificate in NODE_EXTRA_CA_CERTS.",
      "no",
    );
  }
  return failure(
    "failed",
    facts.transport === "cut" || facts.networkCode === "ECONNRESET"
      ? `${where}: the connection was cut`
      : `${where} could not be reached${facts.networkCode ? ` (${facts.networkCode})` : ""}`,
    "Check the network, a proxy or firewall, and a custom endpoint (AWS_ENDPOINT_URL).",
    "transient",
  );
}

function invalidAnswer(where: string, what: string): AwsFailure {
  return {
    status: "failed",
    errorCode: "aws-invalid-response",
    message: `${where} sent an answer that is not what its API promises: ${what}`,
    wayOut: "If a custom endpoint or a proxy is in between, check it. Else the next sync tries again.",
    // A body that was damaged on its way is worth one more try.
    retry: "timeout",
    awsCode: null,
  };
}

function ofAssumeRole(error: AssumeRoleError, region: string): AwsFailure {
  const cause = classifyAwsError(error.cause, "sts", region);
  const isRefusal =
    cause.errorCode === "aws-access-denied" ||
    cause.errorCode === "aws-bad-request" ||
    cause.errorCode === "aws-not-found";
  // Without usable credentials of our own, or without a network, nothing is known about the role.
  if (!isRefusal) return { ...cause, retry: "no" };
  return {
    status: "denied",
    errorCode: "aws-assume-role-failed",
    message: `The role ${presentable(error.roleArn)} could not be assumed: ${cause.message}`,
    wayOut:
      "Check that the role exists, that its trust policy names this account and exactly this external id, and that sts:AssumeRole is allowed here.",
    retry: "no",
    awsCode: cause.awsCode,
  };
}

function isTlsCode(code: string): boolean {
  return (
    code.startsWith("ERR_TLS") ||
    code.startsWith("ERR_SSL") ||
    code.includes("CERT") ||
    code === "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
  );
}

function all(code: ErrorCode, names: readonly string[]): Record<string, ErrorCode> {
  return Object.fromEntries(names.map((name) => [name.replace(/(Exception|Error|Fault)$/, ""), code]));
}
