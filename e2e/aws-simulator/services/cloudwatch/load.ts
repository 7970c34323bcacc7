import { LRUCache } from "lru-cache";
import { type Broker, type BrokerAttributes, existsAt, segmentIndexAt, segmentsOf } from "../../organisation/model";
import { dayMs, hashText, unit } from "../../organisation/seeded";

export const hourMs = 3_600_000;

/** Share of the busiest hour by hour of the local day. */
const curves: Readonly<Record<Broker["load"]["shape"], readonly number[]>> = {
  office: [
    0.12, 0.1, 0.1, 0.1, 0.12, 0.18, 0.32, 0.55, 0.8, 0.95, 1, 0.98, 0.85, 0.92, 0.98, 0.95, 0.85, 0.65, 0.45, 0.32,
    0.25, 0.2, 0.16, 0.13,
  ],
  retail: [
    0.3, 0.2, 0.15, 0.12, 0.12, 0.15, 0.25, 0.4, 0.55, 0.6, 0.65, 0.7, 0.75, 0.7, 0.65, 0.65, 0.7, 0.8, 0.92, 1, 0.98,
    0.85, 0.65, 0.45,
  ],
  batch: [
    0.6, 0.9, 1, 0.95, 0.7, 0.35, 0.15, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12, 0.15, 0.2, 0.25,
    0.35, 0.45,
  ],
  flat: Array.from({ length: 24 }, () => 0.9),
  idle: Array.from({ length: 24 }, () => 0),
};
/** Monday to Sunday. */
const weeks: Readonly<Record<Broker["load"]["shape"], readonly number[]>> = {
  office: [1, 1, 1, 1, 0.9, 0.3, 0.25],
  retail: [0.85, 0.85, 0.9, 0.95, 1.05, 1.2, 1.15],
  batch: [1, 1, 1, 1, 1, 0.8, 0.8],
  flat: [1, 1, 1, 1, 1, 1, 1],
  idle: [0, 0, 0, 0, 0, 0, 0],
};
/** Hours ahead of UTC, roughly: only the shape of the day hangs on it. */
const offsets: Readonly<Record<string, number>> = {
  "us-east-1": -5,
  "us-west-2": -8,
  "eu-west-1": 0,
  "eu-central-1": 1,
  "ap-southeast-1": 8,
  "ap-southeast-2": 10,
  "sa-east-1": -3,
};

const sizes: Readonly<Record<string, number>> = {
  micro: 0.25,
  medium: 0.5,
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
};

const sizesOfTypes = new Map<string, number>();

function sizeOf(type: string): number {
  const known = sizesOfTypes.get(type);
  if (known !== undefined) return known;
  const size = sizes[type.split(".").at(-1) ?? ""] ?? 1;
  sizesOfTypes.set(type, size);
  return size;
}

/** Attributes of the broker in an hour in which CloudWatch has data about it, or undefined: a gap. */
export function measurableIn(broker: Broker, hour: number): BrokerAttributes | undefined {
  const from = Math.max(hour, broker.createdAt);
  if (from >= hour + hourMs || !existsAt(broker, from)) return undefined;
  const segments = segmentsOf(broker);
  const attributes = segments[segmentIndexAt(segments, from)]?.attributes;
  if (!attributes?.billed || attributes.state === "CREATION_IN_PROGRESS" || attributes.state === "DELETION_IN_PROGRESS")
    return undefined;
  return attributes;
}

const seeds = new WeakMap<Broker, number>();

export function brokerSeed(broker: Broker): number {
  let seed = seeds.get(broker);
  if (seed === undefined) {
    seed = hashText(broker.id);
    seeds.set(broker, seed);
  }
  return seed;
}

export interface Load {
  /** Work arriving, 1 = the busiest hour of an average day at the anchor. */
  readonly work: number;
  /** Work relative to the size of the instance the broker was created on. */
  readonly pressure: number;
  /** Slow growth relative to the anchor: 1 at the anchor. */
  readonly growth: number;
}

interface KnownLoad {
  readonly attributes: BrokerAttributes;
  readonly anchor: number;
  readonly load: Load;
}
/** All metrics of a broker are asked for by one request or the next: the last brokers are enough, however large the organisation. */
const loads = new LRUCache<Broker, Map<number, KnownLoad>>({ max: 200 });
/** Hours remembered of a broker: every fourth of 13 months, and some days of every hour. */
const REMEMBERED_HOURS = 4_000;

/** How busy a broker is in an hour; remembered, because every metric of the broker asks for the same hours. */
export function loadIn(broker: Broker, attributes: BrokerAttributes, hour: number, anchor: number): Load {
  let ofBroker = loads.get(broker);
  if (!ofBroker) {
    ofBroker = new Map();
    loads.set(broker, ofBroker);
  }
  const known = ofBroker.get(hour);
  if (known && known.attributes === attributes && known.anchor === anchor) return known.load;
  if (ofBroker.size >= REMEMBERED_HOURS) ofBroker.clear();
  const load = computedLoad(broker, attributes, hour, anchor);
  ofBroker.set(hour, { attributes, anchor, load });
  return load;
}

/** Daily and weekly shape, growth and some noise. */
function computedLoad(broker: Broker, attributes: BrokerAttributes, hour: number, anchor: number): Load {
  const { shape, growth } = broker.load;
  const local = hour + (offsets[broker.region] ?? 0) * hourMs;
  const hourOfDay = Math.floor(local / hourMs) % 24;
  const weekday = (Math.floor(local / dayMs) + 3) % 7;
  const grown = (1 + growth) ** ((hour - anchor) / (30 * dayMs));
  const noise = 0.9 + 0.2 * unit(brokerSeed(broker), Math.floor(hour / hourMs));
  const work = (curves[shape][hourOfDay] ?? 0) * (weeks[shape][weekday] ?? 0) * grown * noise * attributes.loadFactor;
  return {
    work,
    pressure: work * (sizeOf(broker.initial.hostInstanceType) / sizeOf(attributes.hostInstanceType)),
    growth: grown,
  };
}
