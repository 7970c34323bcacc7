import type { Reply, WireProtocol } from "./reply";
import { escapeXml } from "./xml";

/** An error as the caller is to see it; how it is written depends on the protocol of the request. */
export class AwsError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The attribute at fault, sent by Amazon MQ as `errorAttribute`. */
    readonly errorAttribute?: string,
  ) {
    super(message);
    this.name = "AwsError";
  }
}

/** HTTP status and query-protocol code by error code, where the query protocol has its own word. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ThrottlingException: "Throttling",
  ExpiredTokenException: "ExpiredToken",
  UnrecognizedClientException: "InvalidClientTokenId",
  UnknownOperationException: "InvalidAction",
  InternalServerErrorException: "InternalFailure",
};

const ec2Codes: Readonly<Record<string, string>> = {
  AccessDeniedException: "UnauthorizedOperation",
  ThrottlingException: "RequestLimitExceeded",
  ExpiredTokenException: "RequestExpired",
  UnrecognizedClientException: "AuthFailure",
  UnknownOperationException: "InvalidAction",
  InternalServerErrorException: "InternalError",
};

/** Writes an error in the protocol of the request, so that every AWS SDK finds code and message where it looks. */
export function errorReply(error: AwsError, protocol: WireProtocol, requestId: string): Reply {
  const side = error.status >= 500 ? "Server" : "Client";
  switch (protocol) {
    case "rest-json":
      return {
        status: error.status,
        contentType: "application/json",
        headers: { "x-amzn-errortype": error.code },
        body: JSON.stringify({ errorAttribute: error.errorAttribute, message: error.message }),
      };
    case "json-1.0":
    case "json-1.1":
      return {
        // The JSON protocols answer client errors with 400; unknown operations with 404.
        status: error.status >= 500 || error.status === 404 ? error.status : 400,
        contentType: protocol === "json-1.0" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1",
        headers:
          protocol === "json-1.0"
            ? {
                "x-amzn-query-error": `${queryCodes[error.code] ?? error.code};${side === "Client" ? "Sender" : "Receiver"}`,
              }
            : {},
        body: JSON.stringify({ __type: error.code, message: error.message }),
      };
    case "ec2-query": {
      // Amazon EC2 has words of its own.
      const code = ec2Codes[error.code] ?? error.code;
      return {
        status: code === "InvalidAction" ? 400 : code === "RequestLimitExceeded" ? 503 : error.status,
        contentType: "text/xml;charset=UTF-8",
        headers: {},
        body:
          `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${escapeXml(error.message)}</Message>` +
          `</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      };
    }
    case "query": {
      const code = queryCodes[error.code] ?? error.code;
      return {
        status: code === "InvalidAction" || code === "Throttling" ? 400 : error.status,
        contentType: "text/xml",
        headers: {},
        body:
          `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${side === "Client" ? "Sender" : "Receiver"}</Type>` +
          `<Code>${code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
  }
}

/** Amazon MQ's own not-found answer. */
export function notFound(errorAttribute: string, message: string): AwsError {
  return new AwsError(404, "NotFoundException", message, errorAttribute);
}

/** The answer to a call that the caller's policy does not allow. */
export function accessDenied(principalArn: string, action: string, resource = "*"): AwsError {
  return new AwsError(
    403,
    "AccessDeniedException",
    `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}
