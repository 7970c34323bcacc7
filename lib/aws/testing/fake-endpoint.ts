import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** X-Amz-Target's operation, of the JSON protocols. */
  target: string;
  /** Account part of the access key id, or the key itself. */
  accessKeyId: string;
  region: string;
  service: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: unknown;
}

export interface FakeEndpoint {
  url: string;
  requests: SeenRequest[];
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that answers what the test says; the handler may also answer by hand and return nothing. */
export async function startFakeEndpoint(
  answer: (request: SeenRequest, response: ServerResponse) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>,
): Promise<FakeEndpoint> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", async () => {
      const request = seen(incoming, Buffer.concat(chunks).toString("utf8"));
      requests.push(request);
      const reply = await answer(request, response);
      if (!reply) return;
      const body =
        typeof reply.body === "string" ? reply.body : reply.body === undefined ? "" : JSON.stringify(reply.body);
      response.writeHead(reply.status ?? 200, { "content-length": Buffer.byteLength(body), ...reply.headers });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!isAddress(address)) throw new Error("the fake endpoint has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** STS's answer to GetCallerIdentity. */
export function callerIdentityXml(accountId: string, arn = `arn:aws:iam::${accountId}:user/tester`): string {
  return (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${accountId}</Account></GetCallerIdentityResult>` +
    "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
  );
}

/** STS's answer to AssumeRole. */
export function assumeRoleXml(accessKeyId: string, expiration: Date): string {
  return (
    '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>' +
    `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>` +
    `<Expiration>${expiration.toISOString()}</Expiration></Credentials></AssumeRoleResult>` +
    "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>"
  );
}

/** STS's way of refusing. */
export function stsErrorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function seen(incoming: IncomingMessage, body: string): SeenRequest {
  const url = new URL(incoming.url ?? "/", "http://fake");
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? "");
  const target = incoming.headers["x-amz-target"];
  return {
    method: incoming.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    target: typeof target === "string" ? (target.split(".")[1] ?? "") : (new URLSearchParams(body).get("Action") ?? ""),
    accessKeyId: scope?.[1] ?? "",
    region: scope?.[2] ?? "",
    service: scope?.[3] ?? "",
    headers: incoming.headers,
    body,
  };
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
