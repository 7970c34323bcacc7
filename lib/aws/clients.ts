import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import type { MqClientConfig } from "@aws-sdk/client-mq";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { STSClient } from "@aws-sdk/client-sts";
import { LRUCache } from "lru-cache";
import type { WallClock } from "@/lib/domain/clock";
import type { PooledHttpHandler } from "./http-handler";
import { type Endpoint, LeanMqClient, resolveMqEndpoint } from "./lean-mq-client";
import { trimStack } from "./lean-stack";
import { LeanWireClient, resolveWireEndpoint } from "./lean-wire-client";
import type { AwsService } from "./service";
import { WIRE_SERVICES, type WireServiceName } from "./wire-services";

/** How the SDK gets credentials: a provider that caches and renews by itself. */
export type CredentialSource = NonNullable<MqClientConfig["credentials"]>;

/** The client of each service. */
export interface ServiceClients extends WireClients {
  sts: STSClient;
  mq: LeanMqClient;
  ce: CostExplorerClient;
  cloudwatch: CloudWatchClient;
  organizations: OrganizationsClient;
}

type WireClients = { [S in WireServiceName]: LeanWireClient<S> };

interface ClientPoolOptions {
  handler: PooledHttpHandler;
  wall: WallClock;
  /** One endpoint for all services, stronger than the AWS_ENDPOINT_URL variables; for tests. */
  endpointUrl?: string;
}

const CLASSES = {
  sts: STSClient,
  mq: LeanMqClient,
  ce: CostExplorerClient,
  cloudwatch: CloudWatchClient,
  organizations: OrganizationsClient,
} as const;

/** Clients at one time: 50 accounts in 7 regions, four services each, and their global services. A client holds no sockets, only configuration. */
const MAX_CLIENTS = 2_048;

/**
 * Clients by credentials, service and region. They share one HTTP handler. Endpoints come from the standard AWS_ENDPOINT_URL and
 * AWS_ENDPOINT_URL_<SERVICE> variables or the shared configuration file, which the SDK reads itself.
 */
export class ClientPool {
  readonly #options: ClientPoolOptions;
  readonly #clients = new LRUCache<string, ServiceClients[AwsService]>({ max: MAX_CLIENTS });

  /** By service and region. */
  readonly #endpoints = new Map<string, Promise<Endpoint>>();

  constructor(options: ClientPoolOptions) {
    this.#options = options;
  }

  /** The client of a service; `credentialsKey` must name the credentials' source uniquely. */
  client<S extends AwsService>(
    service: S,
    region: string,
    credentialsKey: string,
    credentials: CredentialSource,
  ): ServiceClients[S] {
    const key = `${credentialsKey}\n${service}\n${region}`;
    const cached = this.#clients.get(key);
    if (isClientOf(service, cached)) return cached;
    const created = this.#create(service, region, credentials);
    this.#clients.set(key, created);
    if (!isClientOf(service, created)) throw new TypeError(`no client of ${service}`);
    return created;
  }

  clear(): void {
    this.#clients.clear();
    this.#endpoints.clear();
  }

  #endpoint(service: "mq" | WireServiceName, region: string): Promise<Endpoint> {
    const key = `${service} ${region}`;
    const known = this.#endpoints.get(key);
    if (known) return known;
    const { endpointUrl } = this.#options;
    const options = { region, ...(endpointUrl ? { endpoint: endpointUrl } : {}) };
    const found = (service === "mq" ? resolveMqEndpoint(options) : resolveWireEndpoint({ ...options, service })).catch(
      (error) => {
        this.#endpoints.delete(key);
        throw error;
      },
    );
    this.#endpoints.set(key, found);
    return found;
  }

  #create(service: AwsService, region: string, credentials: CredentialSource): ServiceClients[AwsService] {
    const { handler, wall, endpointUrl } = this.#options;
    if (service === "mq") {
      return new LeanMqClient({ region, credentials, endpoint: () => this.#endpoint("mq", region) }, handler, wall);
    }
    if (isWireService(service)) {
      const endpoint = () => this.#endpoint(service, region);
      return new LeanWireClient({ service, region, credentials, endpoint }, handler, wall);
    }
    const client = new CLASSES[service]({
      region,
      credentials,
      requestHandler: handler,
      ...(endpointUrl ? { endpoint: endpointUrl } : {}),
      // Retries are ours alone: they go through the rate limiter.
      maxAttempts: 1,
      retryMode: "standard",
      defaultsMode: "standard",
      // The middleware chain is built once per client and operation, not for each request.
      cacheMiddleware: true,
    });
    trimStack(client.middlewareStack);
    return client;
  }
}

function isClientOf<S extends AwsService>(service: S, client: unknown): client is ServiceClients[S] {
  if (client instanceof LeanWireClient) return client.service === service;
  const classes: Partial<Record<AwsService, abstract new (...options: never[]) => unknown>> = CLASSES;
  const expected = classes[service];
  return expected !== undefined && client instanceof expected;
}

function isWireService(service: AwsService): service is WireServiceName {
  return Object.hasOwn(WIRE_SERVICES, service);
}
