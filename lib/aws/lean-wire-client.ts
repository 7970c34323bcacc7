import { MqClient } from "@aws-sdk/client-mq";
import type { WallClock } from "@/lib/domain/clock";
import type { CredentialSource } from "./clients";
import { InvalidAnswerError } from "./failure";
import type { HttpAnswer, OutgoingRequest, PooledHttpHandler } from "./http-handler";
import { type Endpoint, resolveMqEndpoint } from "./lean-mq-client";
import { type QueryInput, queryBody, readQueryError, readQueryXml } from "./query-wire";
import { ServerClock } from "./server-clock";
import { WIRE_SERVICES, type WireOperation, type WireService, type WireServiceName } from "./wire-services";

interface Signer {
  sign(request: OutgoingRequest, options: object): Promise<OutgoingRequest>;
}

export interface LeanWireConfig {
  service: WireServiceName;
  region: string;
  credentials: CredentialSource;
  /** The service's endpoint in this region; the same for all accounts, so it is found once (see `resolveWireEndpoint`). */
  endpoint: () => Promise<Endpoint>;
}

/**
 * A client of a service that is read by one or two operations (see `WIRE_SERVICES`): the SDK's credentials and signer, our HTTP handler, and the
 * JSON 1.1 or EC2 query protocol. Answers come back as sent, so the caller has to validate them.
 */
export class LeanWireClient<S extends WireServiceName = WireServiceName> {
  readonly service: S;
  readonly #wire: WireService;
  readonly #config: LeanWireConfig;
  readonly #handler: PooledHttpHandler;
  readonly #clock: ServerClock;
  #ready: Promise<{ signer: Signer; endpoint: Endpoint }> | undefined;

  constructor(config: LeanWireConfig & { service: S }, handler: PooledHttpHandler, wall: WallClock) {
    this.service = config.service;
    this.#wire = WIRE_SERVICES[config.service];
    this.#config = config;
    this.#handler = handler;
    this.#clock = new ServerClock(wall);
  }

  /** Sends an operation once. Rejects with errors shaped as the SDK's, TransportError, Node's network errors or InvalidAnswerError. */
  async send(operation: WireOperation<S>, input: QueryInput): Promise<Record<string, unknown>> {
    this.#ready ??= this.#prepare().catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    const { signer, endpoint } = await this.#ready;
    for (;;) {
      const signed = await signer.sign(requestOf(this.#wire, endpoint, operation.name, input), {
        signingDate: this.#clock.now(),
        signingRegion: this.#config.region,
        signingService: this.#wire.signingName,
      });
      const { response } = await this.#handler.handle(signed);
      if (response.statusCode >= 200 && response.statusCode < 300) {
        return this.#wire.protocol.kind === "ec2-query" ? readQueryXml(response.body) : readJson(response.body);
      }
      if (this.#clock.correct(response)) continue;
      throw errorOf(this.#wire, response);
    }
  }

  async #prepare(): Promise<{ signer: Signer; endpoint: Endpoint }> {
    const { region, credentials } = this.#config;
    // The signer of any client will do: service and region are named with each signature.
    const { config } = new MqClient({ region, credentials, requestHandler: this.#handler, defaultsMode: "standard" });
    return { signer: await config.signer(), endpoint: await this.#config.endpoint() };
  }
}

function requestOf(wire: WireService, endpoint: Endpoint, operation: string, input: QueryInput): OutgoingRequest {
  const { protocol } = wire;
  const isQuery = protocol.kind === "ec2-query";
  const { port } = endpoint;
  return {
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    ...(port === undefined ? {} : { port }),
    method: "POST",
    path: endpoint.path,
    query: {},
    headers: {
      host: port ? `${endpoint.hostname}:${port}` : endpoint.hostname,
      "content-type": isQuery ? "application/x-www-form-urlencoded; charset=utf-8" : "application/x-amz-json-1.1",
      ...(isQuery ? {} : { "x-amz-target": `${protocol.target}.${operation}` }),
    },
    body: isQuery ? queryBody(operation, protocol.version, input) : JSON.stringify(input),
  };
}

function readJson(body: Uint8Array): Record<string, unknown> {
  const parsed = parsedJson(body);
  if (!parsed) throw new InvalidAnswerError("the body is not a JSON object");
  return parsed;
}

function parsedJson(body: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    // The parser's message quotes the body, so it is not passed on.
    return null;
  }
}

/** An error as the SDK would make it: name, message, `$fault` and `$metadata`. One that cannot be read keeps at least its status. */
function errorOf(wire: WireService, response: HttpAnswer): Error {
  const said = wire.protocol.kind === "ec2-query" ? readQueryError(response.body) : jsonError(response);
  const error = new Error(said?.message ?? "");
  error.name = said?.code ?? "UnknownError";
  return Object.assign(error, {
    $fault: response.statusCode >= 500 ? "server" : "client",
    $metadata: { httpStatusCode: response.statusCode },
  });
}

/** The code comes in the body or a header, with a name space before it and an address after it. */
function jsonError(response: HttpAnswer): { code: string; message: string } | null {
  const body = parsedJson(response.body) ?? {};
  const sent = body.__type ?? body.code ?? response.headers["x-amzn-errortype"];
  if (typeof sent !== "string") return null;
  const message = body.message ?? body.Message;
  const code = (sent.split(":")[0] ?? "").split("#").at(-1) ?? "";
  return { code, message: typeof message === "string" ? message : "" };
}

/**
 * Where the SDK's client of the service would send to: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the configuration file, FIPS and dual-stack
 * settings. Found by the endpoint rules of Amazon MQ: where they lead to Amazon MQ itself, the service has its own host name in its place.
 */
export async function resolveWireEndpoint(options: {
  service: WireServiceName;
  region: string;
  endpoint?: string;
}): Promise<Endpoint> {
  const { service, region } = options;
  const { serviceId, hostPrefix } = WIRE_SERVICES[service];
  const found = await resolveMqEndpoint({
    region,
    serviceId,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
  });
  return {
    ...found,
    hostname: found.hostname.replace(new RegExp(`^mq(-fips)?\\.(?=${region}\\.)`), `${hostPrefix}$1.`),
  };
}
