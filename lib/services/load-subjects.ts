import type { AccountRow } from "@/lib/db/account-store";
import type { Database } from "@/lib/db/client";
import { brokersByScope, configurationUses, loadConfigurations } from "@/lib/db/configuration-store";
import type { OwnerRow } from "@/lib/db/owner-store";
import type { ScopeStateRow } from "@/lib/db/sync-scope-state-store";
import { isStale } from "@/lib/domain/broker";
import { ENVIRONMENTS, type Environment } from "@/lib/domain/environment";
import type { AccountSubject, ConfigurationSubject, RegionBrokers } from "@/lib/domain/finding-subject";
import type { SyncSource } from "@/lib/domain/sync";
import type { SubjectPresence } from "@/lib/findings/reconcile";
import type { OtherSubject } from "@/lib/rules/evaluate-subject";
import { regionsOf } from "@/lib/services/plan-sync";

/** A subject as the evaluation needs it: what rules see, how it stood, and who answers for it. */
export interface LoadedSubject {
  subject: OtherSubject;
  presence: Extract<SubjectPresence, "observed" | "not-observed">;
  observedAt: Date;
  /** Where its facts come from. */
  source: SyncSource;
  /** Regions whose reading its facts rest on. */
  regions: readonly string[];
  ownerId: number | null;
}

export interface SubjectBasis {
  now: Date;
  accounts: readonly AccountRow[];
  owners: readonly OwnerRow[];
  states: readonly ScopeStateRow[];
}

/** Every connected account, and every listed configuration of a region that is read. */
export async function loadSubjects(db: Database, basis: SubjectBasis): Promise<LoadedSubject[]> {
  const [configurations, uses, counts] = await Promise.all([
    loadConfigurations(db),
    configurationUses(db),
    brokersByScope(db),
  ]);
  const { now, owners } = basis;
  const scopes = new ScopeReadings(basis);
  const brokersIn = new Map(counts.map((row) => [`${row.accountId}|${row.region}`, row]));
  const usedBy = new Map(uses.map((use) => [`${use.accountId}|${use.region}|${use.id}`, use.brokers]));
  const accounts = new Map(
    basis.accounts
      .filter((account) => account.removedAt === null)
      .map((account) => [account.accountId, { account, regions: new Set(regionsOf(account)) }]),
  );

  const ofAccounts = [...accounts.values()].map(({ account, regions }): LoadedSubject => {
    const { accountId, name, defaultOwnerId } = account;
    const subject: AccountSubject = {
      type: "account",
      key: accountId,
      accountId,
      environment: environmentOf(account),
      name,
      defaultOwner: owners.find(({ id }) => id === defaultOwnerId)?.displayName ?? null,
      regions: [...regions].sort().map((region): RegionBrokers => {
        const held = brokersIn.get(`${accountId}|${region}`)?.brokers ?? 0;
        return { region, brokers: scopes.isListed(accountId, region) ? held : null };
      }),
    };
    return {
      subject,
      presence: "observed",
      observedAt: now,
      source: "mq-brokers",
      regions: [...regions],
      ownerId: defaultOwnerId,
    };
  });

  const ofConfigurations = configurations.flatMap(({ arn, accountId, region, observedAt, ...row }): LoadedSubject[] => {
    const scope = accounts.get(accountId);
    if (!scope?.regions.has(region)) return [];
    const read = scopes.isReadInFull("mq-configuration-list", accountId, region) && !isStale(observedAt, now);
    const { id, name, engine, createdAt } = row;
    const subject: ConfigurationSubject = {
      type: "configuration",
      key: arn,
      accountId,
      environment: environmentOf(scope.account),
      region,
      id,
      name,
      engine,
      createdAt,
      usedBy: usedBy.get(`${accountId}|${region}|${id}`) ?? [],
      useUnknown: read
        ? scopes.whyUseUnknown(accountId, region, brokersIn.get(`${accountId}|${region}`)?.undescribed ?? 0)
        : "The configurations of the region could not be listed at the last attempt.",
    };
    return [
      {
        subject,
        presence: read ? "observed" : "not-observed",
        observedAt,
        source: "mq-configuration-list",
        regions: [region],
        ownerId: null,
      },
    ];
  });
  return [...ofAccounts, ...ofConfigurations];
}

/** An account or a configuration has no tags that classify it: the account's default holds. */
function environmentOf({ defaultEnvironment }: Pick<AccountRow, "defaultEnvironment">): Environment {
  return ENVIRONMENTS.find((environment) => environment === defaultEnvironment) ?? "unclassified";
}

/** What the last attempts at reading the scopes came to. */
class ScopeReadings {
  readonly #states: ReadonlyMap<string, ScopeStateRow>;
  readonly #now: Date;

  constructor({ states, now }: Pick<SubjectBasis, "states" | "now">) {
    this.#states = new Map(states.map((state) => [`${state.source}|${state.accountId}|${state.region}`, state]));
    this.#now = now;
  }

  /** Read in full at the last attempt, and not too long ago. */
  isReadInFull(source: SyncSource, accountId: string, region: string): boolean {
    const state = this.#states.get(`${source}|${accountId}|${region}`);
    return state?.lastStatus === "complete" && state.lastReadAt !== null && !isStale(state.lastReadAt, this.#now);
  }

  /** Whether it is known how many brokers the region holds: a region that is not enabled holds none. */
  isListed(accountId: string, region: string): boolean {
    return (
      this.isReadInFull("mq-brokers", accountId, region) ||
      this.#states.get(`mq-brokers|${accountId}|${region}`)?.lastStatus === "region-off"
    );
  }

  whyUseUnknown(accountId: string, region: string, undescribed: number): string | null {
    if (!this.isReadInFull("mq-brokers", accountId, region))
      return "The brokers of the region could not be listed in full.";
    if (undescribed === 1) return "What 1 broker of the region uses is not known: it could not be described.";
    if (undescribed > 1)
      return `What ${undescribed} brokers of the region use is not known: they could not be described.`;
    return this.isReadInFull("mq-descriptions", accountId, region)
      ? null
      : "The brokers of the region could not be described in full.";
  }
}
