import type {
  LiveInstanceOption,
  RecommendationContext,
  RecommendationSubject,
} from "@/lib/cost/recommendations/define-recommendation";
import { compareVersionTexts, engineLine, parseEngineVersion } from "@/lib/domain/engine-version";
import {
  findInstanceTypeOffer,
  type InstanceTypeOffer,
  instanceFamily,
  instanceTypesOf,
} from "@/lib/reference/instance-types";

/** An instance type as the developer guide documents it, with whether AWS was seen to offer it in the region. */
export interface OfferedType {
  readonly offer: InstanceTypeOffer;
  /** False: the live offers of the region were never read. */
  readonly offeredLive: boolean;
}

/**
 * The types that the broker could be changed to: documented and creatable for its engine, deployment mode and engine line, without any end of support,
 * of its storage type, and offered live in the region where that was read. Smallest first.
 */
export function possibleTypes(subject: RecommendationSubject, context: RecommendationContext): readonly OfferedType[] {
  const { engine, deploymentMode, engineVersion, storageType } = subject.attributes;
  const memo = possible.get(context) ?? new Map<string, readonly OfferedType[]>();
  possible.set(context, memo);
  const key = [subject.region, engine, deploymentMode, engineVersion, storageType].join("|");
  const known = memo.get(key) ?? typesFor(subject, context);
  memo.set(key, known);
  return known;
}

/** A fleet has few shapes; a context never changes. */
const possible = new WeakMap<RecommendationContext, Map<string, readonly OfferedType[]>>();

function typesFor(subject: RecommendationSubject, context: RecommendationContext): OfferedType[] {
  const { engine, deploymentMode, engineVersion, storageType } = subject.attributes;
  if (!engine || !deploymentMode) return [];
  const live = context.offers(subject.region).filter((option) => option.engine === engine);
  return instanceTypesOf(engine, deploymentMode)
    .filter((offer) => {
      if (!offer.creatable || offer.endOfSupport !== null || offer.vcpu === null || offer.memoryGib === null)
        return false;
      if (storageType && !offer.storageTypes.includes(storageType)) return false;
      if (!runsLine(offer, engine, engineVersion)) return false;
      return live.length === 0 || live.some((option) => isOffer(option, offer, subject));
    })
    .map((offer) => ({ offer, offeredLive: live.length > 0 }))
    .sort((a, b) => sizeOf(a.offer) - sizeOf(b.offer) || (a.offer.instanceType < b.offer.instanceType ? -1 : 1));
}

/** The type of the broker as documented; undefined when it is not. */
export function currentType({ attributes }: RecommendationSubject): InstanceTypeOffer | undefined {
  const { engine, deploymentMode, instanceType } = attributes;
  return engine && deploymentMode && instanceType
    ? findInstanceTypeOffer(engine, instanceType, deploymentMode)
    : undefined;
}

/** The next smaller possible type: less memory and no more vCPUs; of the same family where it has one. */
export function nextSmaller(subject: RecommendationSubject, context: RecommendationContext): OfferedType | undefined {
  const current = currentType(subject);
  if (!current?.memoryGib || !current.vcpu) return undefined;
  const { memoryGib, vcpu } = current;
  const family = instanceFamily(current.instanceType);
  const smaller = possibleTypes(subject, context).filter(
    ({ offer }) => (offer.memoryGib ?? 0) < memoryGib && (offer.vcpu ?? 0) <= vcpu,
  );
  const siblings = smaller.filter(({ offer }) => instanceFamily(offer.instanceType) === family);
  return siblings.at(-1) ?? smaller.at(-1);
}

/** The smallest possible type of production size that is larger; of the same family where it has one. */
export function nextProductionSize(
  subject: RecommendationSubject,
  context: RecommendationContext,
): OfferedType | undefined {
  const current = currentType(subject);
  const memory = current?.memoryGib ?? 0;
  const family = current && instanceFamily(current.instanceType);
  const larger = possibleTypes(subject, context).filter(
    ({ offer }) => offer.recommendedUse === "Production" && (offer.memoryGib ?? 0) > memory,
  );
  return larger.find(({ offer }) => instanceFamily(offer.instanceType) === family) ?? larger[0];
}

function sizeOf({ memoryGib, vcpu }: InstanceTypeOffer): number {
  return (memoryGib ?? 0) * 1000 + (vcpu ?? 0);
}

/** RabbitMQ 4.x runs on mq.m7g alone; other types name the newest line that runs on them. */
function runsLine(offer: InstanceTypeOffer, engine: string, version: string | null | undefined): boolean {
  if (!version) return false;
  if (engine === "RABBITMQ" && (parseEngineVersion(version)?.parts[0] ?? 0) >= 4) {
    return instanceFamily(offer.instanceType) === "mq.m7g";
  }
  return offer.maxEngineLine === null || compareVersionTexts(engineLine(version) ?? version, offer.maxEngineLine) <= 0;
}

function isOffer(option: LiveInstanceOption, offer: InstanceTypeOffer, { attributes }: RecommendationSubject): boolean {
  const { deploymentMode, engineVersion, storageType } = attributes;
  if (option.instanceType !== offer.instanceType) return false;
  if (storageType && option.storageType !== storageType) return false;
  if (deploymentMode && option.deploymentModes.length > 0 && !option.deploymentModes.includes(deploymentMode))
    return false;
  if (!engineVersion || option.engineVersions.length === 0) return true;
  const line = engineLine(engineVersion);
  return option.engineVersions.some((version) => engineLine(version) === line);
}
