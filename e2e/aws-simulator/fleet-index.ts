import {
  type Account,
  attributesAt,
  type Broker,
  type BrokerEvent,
  type BrokerState,
  type Configuration,
  existsAt,
  type Organisation,
  segmentIndexAt,
  segmentsOf,
} from "./organisation/model";
import { describeBrokerJson, summaryJson } from "./services/mq/broker-json";

interface CachedJson {
  segment: number;
  describe?: Buffer;
  summary?: string;
}

/**
 * An organisation laid out for fast answers: brokers by id and by account x region, and each broker's JSON kept as
 * bytes until its attributes change. Mutations replace broker values; the organisation itself is never changed.
 */
export class FleetIndex {
  private readonly byId = new Map<string, Broker>();
  private readonly byScope = new Map<string, Broker[]>();
  private readonly accountsById: ReadonlyMap<string, Account>;
  private readonly configurationsById = new Map<string, Configuration>();
  private readonly json = new Map<string, CachedJson>();
  /** Counts mutations: caches of derived figures compare it. */
  version = 0;

  constructor(readonly organisation: Organisation) {
    this.accountsById = new Map(organisation.accounts.map((account) => [account.id, account]));
    this.reset();
  }

  /** Forgets every mutation. */
  reset(): void {
    this.byId.clear();
    this.byScope.clear();
    this.json.clear();
    this.configurationsById.clear();
    for (const broker of this.organisation.brokers) this.insert(broker);
    for (const brokers of this.byScope.values()) brokers.sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const configuration of this.organisation.configurations)
      this.configurationsById.set(configuration.id, configuration);
    this.version += 1;
  }

  private insert(broker: Broker): void {
    const scope = `${broker.account}|${broker.region}`;
    const brokers = this.byScope.get(scope);
    if (brokers) brokers.push(broker);
    else this.byScope.set(scope, [broker]);
    this.byId.set(broker.id, broker);
  }

  account(id: string): Account | undefined {
    return this.accountsById.get(id);
  }

  allBrokers(): Iterable<Broker> {
    return this.byId.values();
  }

  /** Brokers of one account and region at an instant, ordered by id (a total order that pages can continue after). */
  brokersOf(account: string, region: string, instant: number): Broker[] {
    return (this.byScope.get(`${account}|${region}`) ?? []).filter((broker) => existsAt(broker, instant));
  }

  brokersOfScope(account: string, region: string): readonly Broker[] {
    return this.byScope.get(`${account}|${region}`) ?? [];
  }

  /** A broker by id or by name, if it exists at the instant in that account and region. */
  find(account: string, region: string, idOrName: string, instant: number): Broker | undefined {
    const broker = this.byId.get(idOrName);
    if (broker) {
      return broker.account === account && broker.region === region && existsAt(broker, instant) ? broker : undefined;
    }
    return this.brokersOf(account, region, instant).find((candidate) => candidate.name === idOrName);
  }

  byBrokerId(id: string): Broker | undefined {
    return this.byId.get(id);
  }

  configuration(id: string): Configuration | undefined {
    return this.configurationsById.get(id);
  }

  configurationsOf(account: string, region: string, instant: number): Configuration[] {
    return [...this.configurationsById.values()]
      .filter((entry) => entry.account === account && entry.region === region && entry.createdAt <= instant)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private cached(broker: Broker, instant: number): CachedJson {
    const segment = segmentIndexAt(segmentsOf(broker), instant);
    let entry = this.json.get(broker.id);
    if (!entry || entry.segment !== segment) {
      entry = { segment };
      this.json.set(broker.id, entry);
    }
    return entry;
  }

  /** The DescribeBroker answer as bytes. */
  describeJson(broker: Broker, instant: number): Buffer {
    const entry = this.cached(broker, instant);
    entry.describe ??= Buffer.from(JSON.stringify(describeBrokerJson(broker, attributesAt(broker, instant))));
    return entry.describe;
  }

  /** One entry of the ListBrokers answer as JSON text. */
  summaryJson(broker: Broker, instant: number): string {
    const entry = this.cached(broker, instant);
    entry.summary ??= JSON.stringify(summaryJson(broker, attributesAt(broker, instant)));
    return entry.summary;
  }

  /** Ground truth at an instant, mutations included. */
  state(instant: number): BrokerState[] {
    return [...this.byId.values()]
      .filter((broker) => existsAt(broker, instant))
      .map((broker) => ({ broker, attributes: attributesAt(broker, instant) }))
      .sort((a, b) => (a.broker.arn < b.broker.arn ? -1 : 1));
  }

  /** Puts a broker in the place of the one with the same id, or adds it. */
  put(broker: Broker): void {
    const scope = this.byScope.get(`${broker.account}|${broker.region}`);
    const position = scope?.findIndex((candidate) => candidate.id === broker.id) ?? -1;
    if (scope && position >= 0) {
      scope[position] = broker;
      this.byId.set(broker.id, broker);
    } else {
      this.insert(broker);
      this.byScope.get(`${broker.account}|${broker.region}`)?.sort((a, b) => (a.id < b.id ? -1 : 1));
    }
    this.json.delete(broker.id);
    this.version += 1;
  }

  /** Adds a change that holds from its instant on, whatever the timeline says later. */
  pin(broker: Broker, event: BrokerEvent): void {
    this.put({ ...broker, pins: [...(broker.pins ?? []), event] });
  }

  putConfiguration(configuration: Configuration): void {
    this.configurationsById.set(configuration.id, configuration);
    this.version += 1;
  }

  dropConfiguration(id: string): void {
    this.configurationsById.delete(id);
    this.version += 1;
  }
}
