import { AwsError } from "./aws-error";

/** Where a listing goes on: after a key or at an offset, and which page that is (1 = the first page after the start). */
export interface PageToken {
  readonly after?: string;
  readonly offset?: number;
  readonly page: number;
}

/** An opaque token, as AWS's are. */
export function encodeToken(token: PageToken): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

/**
 * Reads a token made by `encodeToken`.
 * @throws AwsError with the given code when the text is no token of ours, as AWS does.
 */
export function decodeToken(text: string, errorCode = "BadRequestException"): PageToken {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null && "page" in value && typeof value.page === "number") {
      const after = "after" in value && typeof value.after === "string" ? value.after : undefined;
      const offset = "offset" in value && typeof value.offset === "number" ? value.offset : undefined;
      return { page: value.page, after, offset };
    }
  } catch {
    // Falls through: text that is not ours is answered like AWS answers it.
  }
  throw new AwsError(400, errorCode, "The specified next token is invalid.", "nextToken");
}

/** The page a request asks for: 0 without a token. Unreadable tokens count as a later page. */
export function pageOf(token: string | undefined): number {
  if (!token) return 0;
  try {
    return decodeToken(token).page;
  } catch {
    return 1;
  }
}
