import type { FleetIndex } from "../../fleet-index";
import type { Broker } from "../../organisation/model";
import { hashText } from "../../organisation/seeded";
import { instanceCount } from "../mq/broker-json";
import type { MetricSubject } from "./series";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** Name of a RabbitMQ node, shaped like AWS's. */
export function nodeName(broker: Broker, node: number): string {
  const hash = hashText(`${broker.id}/node/${node}`);
  return `rabbit@ip-10-0-${hash % 250}-${(hash >>> 8) % 250}.${broker.region}.compute.internal`;
}

/** Everything about a broker that has metrics: ActiveMQ instances, or a RabbitMQ broker and its nodes. */
export function subjectsOf(broker: Broker): MetricSubject[] {
  if (broker.engine === "ActiveMQ") {
    return Array.from({ length: instanceCount(broker) }, (_, index) => ({ broker, instance: index + 1, node: false }));
  }
  const nodes = broker.deploymentMode === "CLUSTER_MULTI_AZ" ? 3 : 1;
  return [
    { broker, instance: 0, node: false },
    ...Array.from({ length: nodes }, (_, index) => ({ broker, instance: index + 1, node: true })),
  ];
}

export function dimensionsOf(subject: MetricSubject): Dimension[] {
  const { broker } = subject;
  if (broker.engine === "ActiveMQ") return [{ Name: "Broker", Value: `${broker.name}-${subject.instance}` }];
  const dimensions = [{ Name: "Broker", Value: broker.name }];
  return subject.node ? [{ Name: "Node", Value: nodeName(broker, subject.instance) }, ...dimensions] : dimensions;
}

/**
 * Brokers by the value of the `Broker` dimension within an account and region. Metrics know names, not ids, so brokers
 * of the same name that lived one after the other share their series, as at AWS.
 */
export class SubjectIndex {
  private readonly scopes = new Map<string, Map<string, MetricSubject[]>>();
  private version = -1;

  constructor(private readonly fleet: FleetIndex) {}

  find(account: string, region: string, dimensions: readonly Dimension[]): readonly MetricSubject[] {
    if (this.version !== this.fleet.version) {
      this.version = this.fleet.version;
      this.scopes.clear();
    }
    const key = `${account}|${region}`;
    let scope = this.scopes.get(key);
    if (!scope) {
      scope = new Map();
      for (const broker of this.fleet.brokersOfScope(account, region)) {
        for (const subject of subjectsOf(broker)) {
          const name = dimensionKey(dimensionsOf(subject));
          const found = scope.get(name);
          if (found) found.push(subject);
          else scope.set(name, [subject]);
        }
      }
      this.scopes.set(key, scope);
    }
    return scope.get(dimensionKey(dimensions)) ?? [];
  }
}

/** The set of dimensions as text, in whatever order they were named. */
export function dimensionKey(dimensions: readonly Dimension[]): string {
  return dimensions
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .sort()
    .join("|");
}
