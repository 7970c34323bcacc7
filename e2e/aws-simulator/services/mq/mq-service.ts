import { instanceOffers, offeredVersions } from "../../organisation/engine-calendar";
import { attributesAt, type Broker, type Configuration } from "../../organisation/model";
import { findRegion } from "../../organisation/regions";
import { AwsError, notFound } from "../../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../../wire/page-token";
import { type Reply, restJson } from "../../wire/reply";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "../service";

type Answer = (call: IncomingCall, context: ServiceContext, parts: readonly string[]) => Reply;

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly answer: Answer;
}

function pageSize(call: IncomingCall, fallback: number): number {
  const text = call.search.get("maxResults");
  if (text === null) return fallback;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw new AwsError(
      400,
      "BadRequestException",
      `Invalid value [${text}] for maxResults: must be between 1 and 100`,
      "maxResults",
    );
  }
  return size;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly maxResults: number;
  readonly nextToken: string | undefined;
}

/** A page of a list in a total order; the token names the last key, so what comes or goes between pages does no harm. */
function pageByKey<T>(call: IncomingCall, all: readonly T[], key: (item: T) => string, fallbackSize = 20): Page<T> {
  const maxResults = pageSize(call, fallbackSize);
  const text = call.search.get("nextToken");
  const token = text ? decodeToken(text) : { page: 0, after: undefined };
  const { after } = token;
  const rest = after === undefined ? all : all.filter((item) => key(item) > after);
  const items = rest.slice(0, maxResults);
  const last = items.at(-1);
  const nextToken =
    rest.length > items.length && last ? encodeToken({ after: key(last), page: token.page + 1 }) : undefined;
  return { items, maxResults, nextToken };
}

function brokerOf(call: IncomingCall, context: ServiceContext, id: string | undefined): Broker {
  const broker = context.fleet.find(call.account.id, call.region, decodeURIComponent(id ?? ""), call.now);
  if (!broker) throw notFound("broker-id", `Can't find requested broker [${id}]. Make sure your broker exists.`);
  return broker;
}

function configurationOf(call: IncomingCall, context: ServiceContext, id: string | undefined): Configuration {
  const found = context.fleet.configuration(decodeURIComponent(id ?? ""));
  if (!found || found.account !== call.account.id || found.region !== call.region || found.createdAt > call.now) {
    throw notFound(
      "configuration-id",
      `Can't find requested configuration [${id}]. Make sure your configuration exists.`,
    );
  }
  return found;
}

function revisionsAt(configuration: Configuration, now: number): Configuration["revisions"] {
  return configuration.revisions.filter((revision) => revision.createdAt <= now);
}

function revisionJson(revision: Configuration["revisions"][number]): Record<string, unknown> {
  return {
    created: new Date(revision.createdAt).toISOString(),
    description: revision.description,
    revision: revision.revision,
  };
}

function configurationJson(configuration: Configuration, now: number): Record<string, unknown> {
  const latest = revisionsAt(configuration, now).at(-1);
  return {
    arn: configuration.arn,
    authenticationStrategy: "simple",
    created: new Date(configuration.createdAt).toISOString(),
    description: "Auto-generated default for the broker",
    engineType: configuration.engine,
    engineVersion: configuration.engineVersion,
    id: configuration.id,
    latestRevision: latest && revisionJson(latest),
    name: configuration.name,
    tags: {},
  };
}

const listBrokers: Answer = (call, { fleet }) => {
  const page = pageByKey(call, fleet.brokersOf(call.account.id, call.region, call.now), (broker) => broker.id);
  const summaries = page.items.map((broker) => fleet.summaryJson(broker, call.now)).join(",");
  const next = page.nextToken ? `,"nextToken":${JSON.stringify(page.nextToken)}` : "";
  return restJson(`{"brokerSummaries":[${summaries}]${next}}`);
};

const describeBroker: Answer = (call, context, [id]) =>
  restJson(context.fleet.describeJson(brokerOf(call, context, id), call.now));

const listUsers: Answer = (call, context, [id]) => {
  const broker = brokerOf(call, context, id);
  const users = broker.engine === "RabbitMQ" ? [] : attributesAt(broker, call.now).users;
  const page = pageByKey(
    call,
    [...users].sort((a, b) => (a.username < b.username ? -1 : 1)),
    (user) => user.username,
  );
  return restJson(
    JSON.stringify({
      brokerId: broker.id,
      maxResults: page.maxResults,
      nextToken: page.nextToken,
      users: page.items.map(({ username, pendingChange }) => ({ username, pendingChange })),
    }),
  );
};

const describeUser: Answer = (call, context, [id, name]) => {
  const broker = brokerOf(call, context, id);
  const username = decodeURIComponent(name ?? "");
  const user =
    broker.engine === "RabbitMQ"
      ? undefined
      : attributesAt(broker, call.now).users.find((entry) => entry.username === username);
  if (!user) throw notFound("username", `Can't find requested user [${username}]. Make sure your user exists.`);
  return restJson(
    JSON.stringify({
      brokerId: broker.id,
      consoleAccess: user.consoleAccess ?? false,
      groups: user.groups ?? [],
      replicationUser: user.replicationUser ?? false,
      username: user.username,
    }),
  );
};

const listConfigurations: Answer = (call, { fleet }) => {
  const page = pageByKey(call, fleet.configurationsOf(call.account.id, call.region, call.now), (entry) => entry.id);
  return restJson(
    JSON.stringify({
      configurations: page.items.map((entry) => configurationJson(entry, call.now)),
      maxResults: page.maxResults,
      nextToken: page.nextToken,
    }),
  );
};

const describeConfiguration: Answer = (call, context, [id]) =>
  restJson(JSON.stringify(configurationJson(configurationOf(call, context, id), call.now)));

const listConfigurationRevisions: Answer = (call, context, [id]) => {
  const configuration = configurationOf(call, context, id);
  const key = (revision: { revision: number }) => String(revision.revision).padStart(6, "0");
  const page = pageByKey(call, revisionsAt(configuration, call.now), key);
  return restJson(
    JSON.stringify({
      configurationId: configuration.id,
      maxResults: page.maxResults,
      nextToken: page.nextToken,
      revisions: page.items.map(revisionJson),
    }),
  );
};

const describeConfigurationRevision: Answer = (call, context, [id, number]) => {
  const configuration = configurationOf(call, context, id);
  const revision = revisionsAt(configuration, call.now).find((entry) => String(entry.revision) === number);
  if (!revision) throw notFound("configuration-revision", `Can't find requested configuration revision [${number}].`);
  return restJson(
    JSON.stringify({
      configurationId: configuration.id,
      created: new Date(revision.createdAt).toISOString(),
      data: Buffer.from(revision.data, "utf8").toString("base64"),
      description: revision.description,
    }),
  );
};

const listTags: Answer = (call, context, [encoded]) => {
  const arn = decodeURIComponent(encoded ?? "");
  const id = arn.split(":").at(-1) ?? "";
  if (id.startsWith("c-")) {
    configurationOf(call, context, id);
    return restJson('{"tags":{}}');
  }
  return restJson(JSON.stringify({ tags: attributesAt(brokerOf(call, context, id), call.now).tags }));
};

/** Engine filter of the two offer listings; AWS takes it in any case. */
function wants(call: IncomingCall, engine: string): boolean {
  const asked = call.search.get("engineType");
  return asked === null || asked.toLowerCase() === engine.toLowerCase();
}

const describeBrokerEngineTypes: Answer = (call) => {
  const all = (["ActiveMQ", "RabbitMQ"] as const)
    .filter((engine) => wants(call, engine))
    .map((engine) => ({
      // The two offer listings write engines in upper case, unlike the broker listings.
      engineType: engine.toUpperCase(),
      engineVersions: offeredVersions(engine, call.now).map((name) => ({ name })),
    }));
  const page = pageByKey(call, all, (entry) => entry.engineType);
  return restJson(
    JSON.stringify({ brokerEngineTypes: page.items, maxResults: page.maxResults, nextToken: page.nextToken }),
  );
};

const describeBrokerInstanceOptions: Answer = (call) => {
  const zones = (findRegion(call.region)?.zones ?? []).map((name) => ({ name }));
  const host = call.search.get("hostInstanceType");
  const storage = call.search.get("storageType")?.toUpperCase();
  const all = instanceOffers(call.now)
    .filter(
      (offer) =>
        wants(call, offer.engine) &&
        (!host || host === offer.hostInstanceType) &&
        (!storage || storage === offer.storageType),
    )
    .map((offer) => ({
      availabilityZones: zones,
      engineType: offer.engine.toUpperCase(),
      hostInstanceType: offer.hostInstanceType,
      storageType: offer.storageType,
      supportedDeploymentModes: offer.deploymentModes,
      supportedEngineVersions: offer.versions,
    }));
  const key = (entry: (typeof all)[number]) => `${entry.engineType}/${entry.hostInstanceType}/${entry.storageType}`;
  all.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const page = pageByKey(call, all, key);
  return restJson(
    JSON.stringify({ brokerInstanceOptions: page.items, maxResults: page.maxResults, nextToken: page.nextToken }),
  );
};

const routes: readonly Route[] = [
  { operation: "DescribeBroker", method: "GET", pattern: /^\/v1\/brokers\/([^/]+)$/, answer: describeBroker },
  { operation: "ListBrokers", method: "GET", pattern: /^\/v1\/brokers\/?$/, answer: listBrokers },
  { operation: "ListUsers", method: "GET", pattern: /^\/v1\/brokers\/([^/]+)\/users$/, answer: listUsers },
  {
    operation: "DescribeUser",
    method: "GET",
    pattern: /^\/v1\/brokers\/([^/]+)\/users\/([^/]+)$/,
    answer: describeUser,
  },
  { operation: "ListConfigurations", method: "GET", pattern: /^\/v1\/configurations\/?$/, answer: listConfigurations },
  {
    operation: "DescribeConfiguration",
    method: "GET",
    pattern: /^\/v1\/configurations\/([^/]+)$/,
    answer: describeConfiguration,
  },
  {
    operation: "ListConfigurationRevisions",
    method: "GET",
    pattern: /^\/v1\/configurations\/([^/]+)\/revisions$/,
    answer: listConfigurationRevisions,
  },
  {
    operation: "DescribeConfigurationRevision",
    method: "GET",
    pattern: /^\/v1\/configurations\/([^/]+)\/revisions\/(\d+)$/,
    answer: describeConfigurationRevision,
  },
  { operation: "ListTags", method: "GET", pattern: /^\/v1\/tags\/(.+)$/, answer: listTags },
  {
    operation: "DescribeBrokerEngineTypes",
    method: "GET",
    pattern: /^\/v1\/broker-engine-types$/,
    answer: describeBrokerEngineTypes,
  },
  {
    operation: "DescribeBrokerInstanceOptions",
    method: "GET",
    pattern: /^\/v1\/broker-instance-options$/,
    answer: describeBrokerInstanceOptions,
  },
];

/** Amazon MQ, REST JSON, the reading operations. Writing ones are unknown operations here: nothing may need them. */
export function mqService(context: ServiceContext): Service {
  return {
    id: "mq",
    protocolOf: () => "rest-json",
    match: (call): MatchedCall | undefined => {
      for (const route of routes) {
        if (route.method !== call.method) continue;
        const found = route.pattern.exec(call.path);
        if (!found) continue;
        return {
          operation: route.operation,
          protocol: "rest-json",
          page: pageOf(call.search.get("nextToken") ?? undefined),
          answer: () => route.answer(call, context, found.slice(1)),
        };
      }
      return undefined;
    },
  };
}
