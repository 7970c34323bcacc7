import type { ObservedAttributes } from "@/lib/domain/broker";
import { normalizeEngine } from "@/lib/domain/engine-version";
import type { ListedBroker } from "../../gateway";
import { enumValue, instantText, nameOfBroker, UNKNOWN_STATE } from "../../normalize-values";
import type { BrokerSummary } from "./fetch";

/** What the listing tells of a broker. An attribute it leaves out stays unobserved: the description will tell. */
export function normalizeListedBroker(summary: BrokerSummary): ListedBroker {
  const attributes: ObservedAttributes = {
    name: nameOfBroker(summary.BrokerName, summary.BrokerArn, summary.BrokerId),
    state: enumValue(summary.BrokerState) ?? UNKNOWN_STATE,
  };
  if (summary.EngineType) attributes.engine = normalizeEngine(summary.EngineType);
  if (summary.DeploymentMode) attributes.deploymentMode = enumValue(summary.DeploymentMode);
  if (summary.HostInstanceType) attributes.instanceType = summary.HostInstanceType;
  const createdAt = instantText(summary.Created);
  if (createdAt) attributes.createdAt = createdAt;
  return { arn: summary.BrokerArn, brokerId: summary.BrokerId, attributes };
}
