import type { BrokerSpec } from "./broker-spec";
import { randomStream } from "./seeded";

/**
 * What ordinary brokers do in the year after D, where their spec says nothing: some upgrade, some move to mq.m7g and
 * on to RabbitMQ 4, some turn logs on at last. Without it the story would stand still soon after the anchor.
 */
export function ordinaryFuture(seed: number, account: string, spec: BrokerSpec): BrokerSpec {
  const random = randomStream(`future/${seed}/${account}/${spec.region}/${spec.name}`);
  const [decides, day, logsDay] = [random(), Math.round(18 + random() * 300), Math.round(12 + random() * 340)];
  if (spec.deleted !== undefined || spec.stuckOn !== undefined || spec.created > -30) return spec;
  const logs = spec.logs === undefined && spec.logsOn === undefined && decides < 0.45 ? { logsOn: logsDay } : {};
  if (spec.upgrades || spec.types || spec.actions) return { ...spec, ...logs };
  if (spec.engine === "ActiveMQ")
    return decides < 0.6 ? { ...spec, ...logs, upgrades: [["5.19", day]] } : { ...spec, ...logs };
  if (spec.type.startsWith("m5.") && decides < 0.5) {
    return { ...spec, ...logs, types: [[spec.type.replace("m5.", "m7g."), day]], upgrades: [["4.2", day + 25]] };
  }
  return { ...spec, ...logs };
}
