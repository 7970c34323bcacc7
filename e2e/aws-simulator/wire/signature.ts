/**
 * Reads the credential scope of a Signature Version 4 request. The signature itself is not verified: the simulator
 * has no secrets. What matters for clients is that unsigned requests fail as they do at AWS.
 */

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const scopePattern = /Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** The scope of the Authorization header or of a presigned query, or undefined when the request is not signed. */
export function credentialScope(
  authorization: string | undefined,
  search: URLSearchParams,
): CredentialScope | undefined {
  const presigned = search.get("X-Amz-Credential");
  const text = authorization?.startsWith("AWS4-") ? authorization : presigned ? `Credential=${presigned}` : "";
  const match = scopePattern.exec(text);
  const [, accessKeyId, region, service] = match ?? [];
  return accessKeyId && region && service ? { accessKeyId, region, service } : undefined;
}

const digits = /^A[SK]IA[A-Z0-9]{4}(\d{12})$/;

/** Access keys made by the simulator carry their account: `ASIA` or `AKIA`, four characters, twelve digits. */
export function accessKeyFor(accountId: string, kind: "ASIA" | "AKIA", nonce = "0000"): string {
  return `${kind}${nonce}${accountId}`;
}

/** The account inside an access key of the simulator's making; undefined for any other key. */
export function accountOfAccessKey(accessKeyId: string): string | undefined {
  return digits.exec(accessKeyId)?.[1];
}
