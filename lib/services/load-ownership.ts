import { loadAccounts } from "@/lib/db/account-store";
import { type OwnershipRow, ownershipRows } from "@/lib/db/owner-queries";
import { loadOwners, openAssignments } from "@/lib/db/owner-store";
import type { OwnerResolution } from "@/lib/domain/owner-tag";
import { normalizeOwnerKey, ownerTagsOf } from "@/lib/domain/owner-tag";
import { type OwnershipKind, ownershipKind } from "@/lib/domain/ownership";
import { createClassifier, ownerSettingsOf } from "@/lib/services/classify-fleet";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";

/** A present broker, who it belongs to by what is known now (an assignment counts before the next evaluation), and what each of its owner tags names. */
export interface BrokerStanding {
  row: OwnershipRow;
  owner: OwnerResolution;
  kind: OwnershipKind | null;
  tags: { key: string; value: string; ownerKey: string | null; owner: string | null }[];
}

/** Every present broker with its ownership, production first. */
export async function loadOwnership({ db }: Pick<Ctx, "db">): Promise<{ brokers: BrokerStanding[]; tagKey: string }> {
  const settings = await currentSettings(db);
  const ownerSettings = ownerSettingsOf(settings);
  const [rows, accounts, owners, assignments] = await Promise.all([
    ownershipRows(db, ownerSettings.ownerKeys),
    loadAccounts(db),
    loadOwners(db),
    openAssignments(db),
  ]);
  const classifier = createClassifier({ settings, accounts, owners, assignments });
  const brokers = rows.map((row): BrokerStanding => {
    const { arn, accountId } = row;
    const { owner } = classifier.classify({ arn, accountId, tags: row.tags });
    const tags = ownerTagsOf(row.tags, ownerSettings).map(({ key, value, namesSomebody }) => {
      const named = namesSomebody ? classifier.ownerNamed(value) : undefined;
      return {
        key,
        value,
        ownerKey: namesSomebody ? (named?.key ?? normalizeOwnerKey(value)) : null,
        owner: namesSomebody ? (named?.displayName ?? value.trim()) : null,
      };
    });
    const kind = ownershipKind({
      assigned: assignments.has(arn),
      source: owner.source,
      named: tags.map(({ ownerKey }) => ownerKey),
    });
    return { row, owner, kind, tags };
  });
  return { brokers, tagKey: ownerSettings.ownerKeys[0] ?? "owner" };
}
