import type { Environment } from "@/lib/domain/environment";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { parseDecimal } from "@/lib/domain/money";
import type { FleetFacts } from "@/lib/services/load-fleet";

/** What a broker's attribute was before it changed for the first time after an instant, as it was stored. */
export interface EarlierValue {
  brokerId: number;
  attribute: string;
  oldValue: unknown;
}

/** What is needed to put a fleet back to an earlier instant. */
export interface EarlierFleet {
  at: Date;
  values: readonly EarlierValue[];
  /** Run rates at that instant. */
  rates: readonly { brokerId: number; currency: string; monthlyCost: string }[];
  unclassifiedAsProduction: boolean;
  /** Accounts whose default environment is production. */
  productionAccounts: ReadonlySet<string>;
}

type FleetBroker = FleetFacts["brokers"][number];

/**
 * The fleet as it was at an earlier instant, rebuilt from what changed since: brokers first seen later are not in it, those gone later are, and
 * attributes, environment, owner and run rate are those of that instant. How old observations were then is not known any more: what was observed
 * since counts as observed then.
 */
export function fleetAt(facts: FleetFacts, earlier: EarlierFleet): FleetFacts {
  const { at } = earlier;
  const values = new Map<number, Map<string, unknown>>();
  for (const { brokerId, attribute, oldValue } of earlier.values) {
    const known = values.get(brokerId) ?? new Map<string, unknown>();
    values.set(brokerId, known.set(attribute, oldValue));
  }
  const rates = new Map(earlier.rates.map((rate) => [rate.brokerId, rate]));
  return {
    ...facts,
    incompleteScopes: [],
    brokers: facts.brokers
      .filter(({ snapshot }) => snapshot.firstSeenAt < at)
      .map((broker) => {
        const rate = rates.get(broker.id);
        return {
          ...brokerBefore(broker, values.get(broker.id) ?? new Map(), earlier),
          monthlyCost: rate ? { amount: parseDecimal(rate.monthlyCost), currency: rate.currency } : null,
          // What was recommended then is in that day's snapshot of KPIs.
          advice: undefined,
        };
      }),
  };
}

function brokerBefore(broker: FleetBroker, old: ReadonlyMap<string, unknown>, earlier: EarlierFleet): FleetBroker {
  const { at } = earlier;
  const { snapshot } = broker;
  const attributes = { ...snapshot.attributes };
  const textOf = (attribute: string) => {
    const value = old.get(attribute);
    return typeof value === "string" ? value : null;
  };
  if (old.has("engineVersion")) attributes.engineVersion = textOf("engineVersion");
  if (old.has("deploymentMode")) attributes.deploymentMode = textOf("deploymentMode");
  if (old.has("instanceType")) attributes.instanceType = textOf("instanceType");
  if (old.has("autoMinorVersionUpgrade")) {
    const value = old.get("autoMinorVersionUpgrade");
    attributes.autoMinorVersionUpgrade = typeof value === "boolean" ? value : null;
  }
  attributes.state = textOf("state") ?? attributes.state;
  const owner = old.has("owner") ? ownerBefore(old.get("owner")) : snapshot.owner;
  return {
    ...broker,
    snapshot: {
      ...snapshot,
      attributes,
      observedAt: snapshot.observedAt < at ? snapshot.observedAt : at,
      goneAt: snapshot.goneAt !== null && snapshot.goneAt >= at ? null : snapshot.goneAt,
      owner,
      environment: old.has("environment")
        ? environmentBefore(broker, old.get("environment"), earlier)
        : snapshot.environment,
    },
  };
}

function environmentBefore(
  { snapshot }: FleetBroker,
  stored: unknown,
  { unclassifiedAsProduction, productionAccounts }: EarlierFleet,
): FleetBroker["snapshot"]["environment"] {
  const name = fieldOf(stored, "environment");
  const environment: Environment = ENVIRONMENTS.find((known) => known === name) ?? "unclassified";
  return {
    ...snapshot.environment,
    environment,
    countsAsProduction:
      environment === "production" ||
      (environment === "unclassified" ? unclassifiedAsProduction : productionAccounts.has(snapshot.accountId)),
  };
}

function ownerBefore(stored: unknown): FleetBroker["snapshot"]["owner"] {
  const source = fieldOf(stored, "source");
  return {
    ownerKey: fieldOf(stored, "ownerKey"),
    display: fieldOf(stored, "displayName"),
    source: source === "assignment" || source === "tag" || source === "account-default" ? source : "none",
    tagKey: null,
    placeholder: null,
  };
}

/** A text field of a stored value. */
export function fieldOf(stored: unknown, field: string): string | null {
  if (typeof stored !== "object" || stored === null) return null;
  const value = Object.entries(stored).find(([key]) => key === field)?.[1];
  return typeof value === "string" ? value : null;
}
