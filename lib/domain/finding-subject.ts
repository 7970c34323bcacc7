import type { Environment } from "@/lib/domain/environment";

/** What findings can be about beside brokers. */
export const OTHER_SUBJECT_TYPES = ["account", "configuration"] as const;
export type OtherSubjectType = (typeof OTHER_SUBJECT_TYPES)[number];

/** Stands for what a subject does not have: an account has no engine, and most of its findings no region. */
export const NOT_OF_SUBJECT = "(none)";

interface SubjectBase {
  /** Identity: the account's id, the configuration's ARN. */
  key: string;
  accountId: string;
  /** The default environment of the account; unclassified where it has none. */
  environment: Environment;
}

/** How many brokers a region of an account holds, whatever their state. Source: ListBrokers. */
export interface RegionBrokers {
  region: string;
  /** Null: the listing is too old, or could not be read at the last attempt. */
  brokers: number | null;
}

/** A connected account as rules see it. */
export interface AccountSubject extends SubjectBase {
  type: "account";
  name: string | null;
  /** Who answers for brokers of it that nobody else owns (a setting of this product); null: nobody. */
  defaultOwner: string | null;
  /** The regions that are read, by name. */
  regions: readonly RegionBrokers[];
}

/** A configuration that exists in AWS. Source: ListConfigurations, and the descriptions of the brokers of its account and region. */
export interface ConfigurationSubject extends SubjectBase {
  type: "configuration";
  region: string;
  id: string;
  name: string;
  engine: string | null;
  createdAt: Date | null;
  /** Present brokers that have it in force or pending, as they were described last. */
  usedBy: readonly string[];
  /** Why it cannot be said that nobody else uses it; null where all that could is known. */
  useUnknown: string | null;
}

export interface SubjectByType {
  account: AccountSubject;
  configuration: ConfigurationSubject;
}
