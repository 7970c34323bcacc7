import type { Settings } from "@/lib/contracts/settings";
import type { AccountRow } from "@/lib/db/account-store";
import type { OwnerRow } from "@/lib/db/owner-store";
import type { Tags } from "@/lib/domain/environment";
import {
  type ClassifiedEnvironment,
  classifyEnvironment,
  ENVIRONMENTS,
  type EnvironmentClassification,
  type EnvironmentSettings,
} from "@/lib/domain/environment";
import { normalizeOwnerKey, type OwnerResolution, type OwnerSettings, resolveOwner } from "@/lib/domain/owner-tag";

/** What says who a broker belongs to and what it is for, beside its own tags. */
export interface ClassificationBasis {
  settings: Settings;
  accounts: readonly Pick<AccountRow, "accountId" | "defaultEnvironment" | "defaultOwnerId">[];
  owners: readonly OwnerRow[];
  /** Owner ids by broker ARN of open assignments. */
  assignments: ReadonlyMap<string, number>;
}

export interface Classification {
  environment: EnvironmentClassification;
  owner: OwnerResolution;
  /** The entity of the owner; null when there is no owner, or none yet (see `missingOwners`). */
  ownerId: number | null;
}

/** Classifies brokers by the settings in force. Pure; asked again whenever tags, settings, assignments or account defaults may have changed. */
export function createClassifier(basis: ClassificationBasis) {
  const environment = environmentSettingsOf(basis.settings);
  const ownerSettings = ownerSettingsOf(basis.settings);
  const accounts = new Map(basis.accounts.map((account) => [account.accountId, account]));
  const ownersById = new Map(basis.owners.map((owner) => [owner.id, owner]));
  const ownersByName = new Map<string, OwnerRow>();
  for (const owner of basis.owners) {
    for (const alias of owner.aliases) ownersByName.set(normalizeOwnerKey(alias), owner);
  }
  // A key wins over another owner's alias.
  for (const owner of basis.owners) ownersByName.set(owner.key, owner);

  return {
    /** The owner entity that a tag's value names by key or alias. */
    ownerNamed(text: string): OwnerRow | undefined {
      return ownersByName.get(normalizeOwnerKey(text));
    },
    classify(broker: { arn: string; accountId: string; tags: Tags | undefined }): Classification {
      const account = accounts.get(broker.accountId);
      const assigned = ownersById.get(basis.assignments.get(broker.arn) ?? -1);
      const fallback = ownersById.get(account?.defaultOwnerId ?? -1);
      const named = resolveOwner({
        assignment: assigned?.key,
        tags: broker.tags,
        settings: ownerSettings,
        accountDefault: fallback?.key,
      });
      const entity = named.ownerKey === null ? undefined : ownersByName.get(named.ownerKey);
      return {
        environment: classifyEnvironment({
          tags: broker.tags,
          settings: environment,
          accountDefault: classifiedEnvironment(account?.defaultEnvironment),
        }),
        owner: entity ? { ...named, ownerKey: entity.key, display: entity.displayName } : named,
        ownerId: entity?.id ?? null,
      };
    },
  };
}

/** Owners named by tags that no entity has: to be created, unverified. Of two spellings the first in code-point order is shown. */
export function missingOwners(classifications: Iterable<Classification>): { key: string; displayName: string }[] {
  const missing = new Map<string, string>();
  for (const { owner, ownerId } of classifications) {
    if (ownerId !== null || owner.ownerKey === null || owner.display === null) continue;
    const known = missing.get(owner.ownerKey);
    if (known === undefined || owner.display < known) missing.set(owner.ownerKey, owner.display);
  }
  return [...missing].map(([key, displayName]) => ({ key, displayName })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function environmentSettingsOf(settings: Settings): EnvironmentSettings {
  const { environmentKeys, environmentValues, unclassifiedAsProduction } = settings;
  return { environmentKeys, environmentValues, unclassifiedAsProduction };
}

export function ownerSettingsOf(settings: Settings): OwnerSettings {
  return { ownerKeys: settings.ownerKeys, placeholders: settings.ownerPlaceholders };
}

function classifiedEnvironment(text: string | null | undefined): ClassifiedEnvironment | null {
  const found = ENVIRONMENTS.find((environment) => environment === text);
  return found && found !== "unclassified" ? found : null;
}
