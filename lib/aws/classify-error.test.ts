import { describe, expect, it } from "vitest";
import { classifyAwsError } from "./classify-error";
import { presentable } from "./error-facts";
import { AssumeRoleError, AwsCallError, InvalidAnswerError } from "./failure";
import { TransportError } from "./http-handler";

/** An error as the SDK makes it from an answer. */
function answered(name: string, httpStatusCode: number, message = "UnknownError", more: object = {}): Error {
  return Object.assign(new Error(message), {
    name,
    $fault: httpStatusCode < 500 ? "client" : "server",
    $metadata: { httpStatusCode },
    ...more,
  });
}

/** An error as the SDK makes it when it cannot read an answer. */
function unreadable(httpStatusCode: number): Error {
  return Object.assign(new SyntaxError(`Unexpected token '<', "<html>secret" is not valid JSON`), {
    $metadata: { httpStatusCode },
  });
}

function network(code: string): Error {
  return Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code });
}

const cases: [what: string, error: unknown, status: string, code: string, retry: string][] = [
  ["no credentials", named("CredentialsProviderError"), "denied", "aws-credentials", "no"],
  ["expired credentials", answered("ExpiredTokenException", 403), "denied", "aws-credentials", "no"],
  ["expired credentials of STS", answered("ExpiredToken", 403), "denied", "aws-credentials", "no"],
  ["an unknown key", answered("InvalidClientTokenId", 403), "denied", "aws-credentials", "no"],
  [
    "an unknown key in a JSON protocol",
    answered("UnrecognizedClientException", 400),
    "denied",
    "aws-credentials",
    "no",
  ],
  ["a wrong secret", answered("SignatureDoesNotMatch", 403), "denied", "aws-credentials", "no"],
  ["a wrong secret in a JSON protocol", answered("InvalidSignatureException", 403), "denied", "aws-credentials", "no"],
  ["a clock that is off", answered("RequestTimeTooSkewed", 403), "denied", "aws-credentials", "no"],
  ["an unsigned request", answered("MissingAuthenticationTokenException", 403), "denied", "aws-credentials", "no"],
  ["IAM's refusal", answered("AccessDeniedException", 403), "denied", "aws-access-denied", "no"],
  ["a refusal in the query protocol", answered("AccessDenied", 403), "denied", "aws-access-denied", "no"],
  ["Amazon MQ's refusal", answered("ForbiddenException", 403), "denied", "aws-access-denied", "no"],
  ["403 without a word", answered("Unknown", 403), "denied", "aws-access-denied", "no"],
  ["an HTML 403 of a proxy", unreadable(403), "denied", "aws-access-denied", "no"],
  ["a region that is off", answered("OptInRequired", 403), "region-off", "aws-region-disabled", "no"],
  ["STS off in a region", answered("RegionDisabledException", 403), "region-off", "aws-region-disabled", "no"],
  [
    "a region that is off, in words",
    answered("InvalidRequest", 400, "The me-south-1 region is not enabled for this account"),
    "region-off",
    "aws-region-disabled",
    "no",
  ],
  ["a broker that is gone", answered("NotFoundException", 404), "failed", "aws-not-found", "no"],
  [
    "a not-found that lost its type",
    answered("Unknown", 404, "x", { errorAttribute: "broker-id" }),
    "failed",
    "aws-not-found",
    "no",
  ],
  ["404 without a word", answered("Unknown", 404), "unsupported", "aws-operation-unsupported", "no"],
  ["an HTML 404", unreadable(404), "unsupported", "aws-operation-unsupported", "no"],
  ["501", answered("InternalFailure", 501), "unsupported", "aws-operation-unsupported", "no"],
  ["405", answered("Unknown", 405), "unsupported", "aws-operation-unsupported", "no"],
  [
    "an unknown operation",
    answered("UnknownOperationException", 404),
    "unsupported",
    "aws-operation-unsupported",
    "no",
  ],
  ["an unknown action", answered("InvalidAction", 400), "unsupported", "aws-operation-unsupported", "no"],
  [
    "no organisation",
    answered("AWSOrganizationsNotInUseException", 400),
    "unsupported",
    "aws-operation-unsupported",
    "no",
  ],
  ["no such cost data", answered("DataUnavailableException", 400), "unsupported", "aws-operation-unsupported", "no"],
  ["throttling", answered("ThrottlingException", 429), "failed", "aws-throttled", "throttle"],
  ["throttling in the query protocol", answered("Throttling", 400), "failed", "aws-throttled", "throttle"],
  ["throttling of Cost Explorer", answered("LimitExceededException", 400), "failed", "aws-throttled", "throttle"],
  ["throttling of API Gateway", answered("TooManyRequestsException", 429), "failed", "aws-throttled", "throttle"],
  ["429 without a word", answered("Unknown", 429), "failed", "aws-throttled", "throttle"],
  ["429 in HTML", unreadable(429), "failed", "aws-throttled", "throttle"],
  ["a server error", answered("InternalServerErrorException", 500), "failed", "aws-server-error", "transient"],
  ["502 in HTML", unreadable(502), "failed", "aws-server-error", "transient"],
  ["503 without a word", answered("Unknown", 503), "failed", "aws-server-error", "transient"],
  ["a refused request", answered("BadRequestException", 400), "failed", "aws-bad-request", "no"],
  ["a validation error", answered("ValidationException", 400), "failed", "aws-bad-request", "no"],
  ["a malformed body", unreadable(200), "failed", "aws-invalid-response", "timeout"],
  ["a redirect of a sign-in page", answered("Unknown", 302), "failed", "aws-invalid-response", "timeout"],
  [
    "a field that is missing",
    new InvalidAnswerError("BrokerArn is missing"),
    "failed",
    "aws-invalid-response",
    "timeout",
  ],
  ["an endless answer", new TransportError("too-large", "x"), "failed", "aws-invalid-response", "timeout"],
  ["a hang", new TransportError("timeout", "x"), "failed", "aws-timeout", "timeout"],
  ["a connection that is not made", new TransportError("connect-timeout", "x"), "failed", "aws-timeout", "timeout"],
  ["ETIMEDOUT", network("ETIMEDOUT"), "failed", "aws-timeout", "timeout"],
  ["a cut connection", new TransportError("cut", "x"), "failed", "aws-unreachable", "transient"],
  ["a reset connection", network("ECONNRESET"), "failed", "aws-unreachable", "transient"],
  ["a refused connection", network("ECONNREFUSED"), "failed", "aws-unreachable", "transient"],
  ["an unknown host", network("ENOTFOUND"), "failed", "aws-unreachable", "no"],
  ["a name server that is slow", network("EAI_AGAIN"), "failed", "aws-unreachable", "transient"],
  ["an untrusted certificate", network("SELF_SIGNED_CERT_IN_CHAIN"), "failed", "aws-unreachable", "no"],
  ["a certificate of another host", network("ERR_TLS_CERT_ALTNAME_INVALID"), "failed", "aws-unreachable", "no"],
  ["a defect of ours", new RangeError("x"), "failed", "internal", "no"],
  ["a thrown text", "boom", "failed", "internal", "no"],
  ["nothing at all", undefined, "failed", "internal", "no"],
  ["a role refused", assume(answered("AccessDenied", 403)), "denied", "aws-assume-role-failed", "no"],
  ["a role ARN that is none", assume(answered("ValidationError", 400)), "denied", "aws-assume-role-failed", "no"],
  ["no credentials to assume with", assume(named("CredentialsProviderError")), "denied", "aws-credentials", "no"],
  ["STS unreachable", assume(network("ECONNREFUSED")), "failed", "aws-unreachable", "no"],
];

function named(name: string): Error {
  return Object.assign(new Error("Could not load credentials from any providers"), { name });
}

function assume(cause: unknown): AssumeRoleError {
  return new AssumeRoleError("arn:aws:iam::444455556666:role/mq-steward-read-only", { cause });
}

describe("classifying what went wrong", () => {
  for (const [what, error, status, errorCode, retry] of cases) {
    it(`calls ${what} ${status} / ${errorCode}`, () => {
      const failure = classifyAwsError(error, "mq", "eu-west-1");
      expect(failure).toMatchObject({ status, errorCode, retry });
      expect(failure.message).not.toBe("");
      expect(failure.wayOut).not.toBe("");
    });
  }

  it("keeps the judgement of an error that was already classified", () => {
    const failure = classifyAwsError(answered("ThrottlingException", 429), "mq", "eu-west-1");
    expect(classifyAwsError(new AwsCallError(failure, { cause: null }), "ce", "us-east-1")).toBe(failure);
  });

  it("names the service and region, and what AWS said", () => {
    const said = "User: arn:aws:iam::111122223333:user/ci is not authorized to perform: mq:ListBrokers";
    const failure = classifyAwsError(answered("AccessDeniedException", 403, said), "mq", "eu-west-1");
    expect(failure.message).toBe(`Amazon MQ in eu-west-1 denied access: ${said}`);
  });

  it("names the role that could not be assumed, without the external id", () => {
    const { message } = classifyAwsError(assume(answered("AccessDenied", 403)), "sts", "us-east-1");
    expect(message).toContain("arn:aws:iam::444455556666:role/mq-steward-read-only");
  });
});

describe("what is shown of a message", () => {
  const secrets = [
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY9",
    "FwoGZXIvYXdzEBYaDKq4example/token+with==slashes0123456789abcdef",
  ];
  const texts = [
    (secret: string) => `The Access Key Id ${secret} does not exist`,
    (secret: string) =>
      `The Canonical String for this request should have been\n'GET\n/\n\nx-amz-security-token:${secret}\n'`,
    (secret: string) => `Authorization: AWS4-HMAC-SHA256 Credential=${secret}/20260101/us-east-1/mq/aws4_request`,
    (secret: string) => `Encoded authorization failure message: ${secret}`,
  ];
  for (const name of [
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "AccessDeniedException",
    "BadRequestException",
  ]) {
    it(`never holds a secret that ${name} quotes`, () => {
      for (const secret of secrets) {
        for (const text of texts) {
          const failure = classifyAwsError(answered(name, 403, text(secret)), "mq", "eu-west-1");
          expect(JSON.stringify(failure)).not.toContain(secret);
        }
      }
    });
  }

  it("does not quote the body of an answer that could not be read", () => {
    expect(classifyAwsError(unreadable(200), "mq", "eu-west-1").message).not.toContain("secret");
  });

  it("leaves ARNs, ids and sentences alone", () => {
    const text =
      "User: arn:aws:sts::111122223333:assumed-role/mq-steward-read-only/mq-steward is not authorized to perform: " +
      "mq:DescribeBroker on resource: arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1d171add-07ff-4f34-9cc1-78d3d9d55ed0";
    expect(presentable(text)).toBe(text);
  });

  it("is one line of at most 300 characters", () => {
    expect(presentable(`a\n${"very long ".repeat(100)}`)).toHaveLength(300);
    expect(presentable("two\n  lines")).toBe("two lines");
  });
});
