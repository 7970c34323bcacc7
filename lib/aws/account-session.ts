import type { Clock } from "@/lib/domain/clock";
import type { ListPrice } from "@/lib/domain/list-price";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { SourceResult } from "@/lib/domain/sync";
import type { AccountChannel } from "./account-channel";
import { probeAccess } from "./check-access";
import { classifyAwsError } from "./classify-error";
import type { AwsFailure } from "./failure";
import type {
  AccessCheck,
  AccountAccess,
  AccountSession,
  BrokerDescription,
  BrokerEventRead,
  BrokerUserRead,
  CallerIdentity,
  ConfigurationRevisionRead,
  CostRead,
  HealthEventRead,
  ListedBroker,
  ListedConfiguration,
  MetricQuery,
  MetricSeriesRead,
  NetworkRead,
  OfferRead,
  OrganizationAccount,
  RequestCounts,
  ResourceCostRead,
} from "./gateway";
import { costExplorerRegion, healthRegion, organizationsRegion, priceListRegion } from "./partition";
import { RequestCounter } from "./request-counter";
import { Breaker } from "./run-items";
import type { AwsService } from "./service";
import type { SourceContext } from "./source-context";
import { completeResult, failedResult } from "./source-result";
import { readEvents } from "./sources/cloudtrail-events/read";
import { readResourceCosts } from "./sources/cost-resources/read";
import type { CostPeriod } from "./sources/cost-usage/fetch";
import { readCosts } from "./sources/cost-usage/read";
import { discoverServiceNames, type ServiceNames } from "./sources/cost-usage/service-names";
import { readNetwork } from "./sources/ec2-network/read";
import { readHealthEvents } from "./sources/health-events/read";
import { readMetrics } from "./sources/metrics/read";
import { readBrokers } from "./sources/mq-brokers/read";
import { readConfigurationList } from "./sources/mq-configuration-list/read";
import { readRevisions } from "./sources/mq-configurations/read";
import { readDescriptions } from "./sources/mq-descriptions/read";
import { readOffers } from "./sources/mq-offers/read";
import { readUsers } from "./sources/mq-users/read";
import { readOrganizationAccounts } from "./sources/organization-accounts/read";
import { readListPrices } from "./sources/price-list/read";
import { fetchCallerIdentity } from "./sources/sts-identity/fetch";
import { normalizeCallerIdentity } from "./sources/sts-identity/normalize";

/** AWS's words for credentials it does not know: said of bad ones, and of good ones in an opt-in region that is off. */
const UNKNOWN_CLIENT = new Set(["UnrecognizedClientException", "InvalidClientTokenId", "InvalidToken", "AuthFailure"]);

const NO_COST_EXPLORER: AwsFailure = {
  status: "unsupported",
  errorCode: "aws-operation-unsupported",
  message: "This partition has no Cost Explorer",
  wayOut: "Read the costs from the commercial account that pays for this one.",
  retry: "no",
  awsCode: null,
};

const NO_PRICE_LIST: AwsFailure = {
  ...NO_COST_EXPLORER,
  message: "This partition has no price list of its own",
  wayOut: "The shipped price list is used.",
};

export interface SessionOptions {
  access: AccountAccess;
  channel: AccountChannel;
  /** Region for STS. */
  homeRegion: () => Promise<string>;
  clock: Clock;
}

type Caller = { identity: CallerIdentity } | { failure: AwsFailure };

/** One account during one run. */
export class ChannelSession implements AccountSession {
  readonly access: AccountAccess;
  readonly #homeRegion: () => Promise<string>;
  readonly #clock: Clock;
  readonly #counter = new RequestCounter();
  readonly #context: SourceContext;
  readonly #breakers = new Map<string, Breaker>();
  #caller: Promise<Caller> | undefined;
  #names: ServiceNames | undefined;

  constructor(options: SessionOptions) {
    this.access = options.access;
    this.#homeRegion = options.homeRegion;
    this.#clock = options.clock;
    this.#context = {
      channel: options.channel,
      counter: this.#counter,
      breaker: (source, region) => this.#breaker(`${source} ${region}`),
      failureOf: (error, service, region) => this.#failureOf(error, service, region),
    };
  }

  counts(): RequestCounts {
    return this.#counter.snapshot();
  }

  async identity(): Promise<SourceResult<CallerIdentity>> {
    const caller = await this.#whoAmI();
    return "failure" in caller ? failedResult(caller.failure) : completeResult([caller.identity]);
  }

  listBrokers(region: string): Promise<SourceResult<ListedBroker>> {
    return readBrokers(this.#context, region);
  }

  describeBrokers(
    region: string,
    brokerIds: readonly string[],
    onProgress?: (done: number) => void,
  ): Promise<SourceResult<BrokerDescription>> {
    return readDescriptions(this.#context, region, brokerIds, onProgress);
  }

  configurationList(region: string): Promise<SourceResult<ListedConfiguration>> {
    return readConfigurationList(this.#context, region);
  }

  configurationRevisions(
    region: string,
    refs: readonly { id: string; revision: number }[],
  ): Promise<SourceResult<ConfigurationRevisionRead>> {
    return readRevisions(this.#context, region, refs);
  }

  network(
    region: string,
    ids: { subnetIds: readonly string[]; securityGroupIds: readonly string[] },
  ): Promise<SourceResult<NetworkRead>> {
    return readNetwork(this.#context, region, ids);
  }

  users(
    region: string,
    users: readonly { brokerId: string; username: string }[],
  ): Promise<SourceResult<BrokerUserRead>> {
    return readUsers(this.#context, region, users);
  }

  brokerEvents(region: string, start: Date, end: Date): Promise<SourceResult<BrokerEventRead>> {
    return readEvents(this.#context, region, start, end);
  }

  async healthEvents(since: Date): Promise<SourceResult<HealthEventRead>> {
    return readHealthEvents(this.#context, healthRegion(await this.#partition(), await this.#homeRegion()), since);
  }

  async listPrices(): Promise<SourceResult<ListPrice>> {
    const region = priceListRegion(await this.#partition(), await this.#homeRegion());
    return region ? readListPrices(this.#context, region) : failedResult(NO_PRICE_LIST);
  }

  offers(region: string): Promise<SourceResult<OfferRead>> {
    return readOffers(this.#context, region);
  }

  async costUsage(start: PlainDate, endExclusive: PlainDate): Promise<SourceResult<CostRead>> {
    const period = { start, endExclusive };
    const region = costExplorerRegion(await this.#partition(), await this.#homeRegion());
    if (!region) return failedResult(NO_COST_EXPLORER);
    const services = await this.#serviceNames(region, period);
    return services.names.length === 0 ? completeResult([]) : readCosts(this.#context, region, period, services);
  }

  async costResources(start: PlainDate, endExclusive: PlainDate): Promise<SourceResult<ResourceCostRead>> {
    const period = { start, endExclusive };
    const region = costExplorerRegion(await this.#partition(), await this.#homeRegion());
    if (!region) return failedResult(NO_COST_EXPLORER);
    const services = await this.#serviceNames(region, period);
    return services.names.length === 0
      ? completeResult([])
      : readResourceCosts(this.#context, region, period, services, this.access.accountId);
  }

  metrics(
    region: string,
    queries: readonly MetricQuery[],
    start: Date,
    endExclusive: Date,
    periodSeconds: number,
  ): Promise<SourceResult<MetricSeriesRead>> {
    return readMetrics(this.#context, region, queries, start, endExclusive, periodSeconds);
  }

  async organizationAccounts(): Promise<SourceResult<OrganizationAccount>> {
    const region = organizationsRegion(await this.#partition(), await this.#homeRegion());
    return readOrganizationAccounts(this.#context, region);
  }

  async checkAccess(region: string): Promise<readonly AccessCheck[]> {
    const home = await this.#homeRegion();
    const [partition, caller] = [await this.#partition(), await this.#whoAmI()];
    return probeAccess(this.#context, {
      region,
      costRegion: costExplorerRegion(partition, home),
      organizationsRegion: organizationsRegion(partition, home),
      healthRegion: healthRegion(partition, home),
      priceListRegion: priceListRegion(partition, home),
      clock: this.#clock,
      isAssumedRole: this.access.roleArn !== null,
      identityFailure: "failure" in caller ? caller.failure : null,
    });
  }

  /** Names once found serve the whole session; that a period has none says nothing about a longer one. */
  async #serviceNames(region: string, period: CostPeriod): Promise<ServiceNames> {
    if (this.#names) return this.#names;
    const names = await discoverServiceNames(this.#context, region, period);
    if (!names.guessedBecause && names.names.length > 0) this.#names = names;
    return names;
  }

  #breaker(key: string): Breaker {
    const breaker = this.#breakers.get(key) ?? new Breaker();
    this.#breakers.set(key, breaker);
    return breaker;
  }

  async #partition(): Promise<string> {
    const ofRole = this.access.roleArn?.split(":")[1];
    if (ofRole) return ofRole;
    const caller = await this.#whoAmI();
    return "failure" in caller ? "aws" : caller.identity.partition;
  }

  /** Asks STS once; only a good answer is kept: credentials may come back. */
  #whoAmI(): Promise<Caller> {
    this.#caller ??= this.#askIdentity().then((caller) => {
      if ("failure" in caller) this.#caller = undefined;
      return caller;
    });
    return this.#caller;
  }

  async #askIdentity(): Promise<Caller> {
    const region = await this.#homeRegion();
    try {
      return { identity: normalizeCallerIdentity(await fetchCallerIdentity(this.#context, region)) };
    } catch (error) {
      return { failure: classifyAwsError(error, "sts", region) };
    }
  }

  /** The failure an error stands for. Credentials that one region does not know while STS does mean that the region is off. */
  async #failureOf(error: unknown, service: AwsService, region: string): Promise<AwsFailure> {
    const failure = classifyAwsError(error, service, region);
    if (failure.errorCode !== "aws-credentials" || !UNKNOWN_CLIENT.has(failure.awsCode ?? "")) return failure;
    if ("failure" in (await this.#whoAmI())) return failure;
    return {
      status: "region-off",
      errorCode: "aws-region-disabled",
      message: `Region ${region} is not enabled in this account`,
      wayOut: "Enable the region in the account's settings, or take it out of the regions to read.",
      retry: "no",
      awsCode: failure.awsCode,
    };
  }
}
