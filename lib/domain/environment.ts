/** What a broker is for. `unclassified` is an answer of its own: neither tag nor account says. */
export type Environment = ClassifiedEnvironment | "unclassified";
export type ClassifiedEnvironment = "production" | "staging" | "test" | "development" | "sandbox";

/** Every environment, in the order in which pages list them. */
export const ENVIRONMENTS: readonly Environment[] = [
  "production",
  "staging",
  "test",
  "development",
  "sandbox",
  "unclassified",
];

export type Tags = Readonly<Record<string, string>>;

/** The organisation's tagging convention for environments; set by an administrator. */
export interface EnvironmentSettings {
  /** Tag keys, most trusted first; case does not matter. */
  readonly environmentKeys: readonly string[];
  /** Tag value (case does not matter) -> environment. */
  readonly environmentValues: Readonly<Record<string, ClassifiedEnvironment>>;
  /** Whether rules and KPIs treat an unclassified broker as production: the safe side, and the default. */
  readonly unclassifiedAsProduction: boolean;
}

/** The convention before anybody changed it. `uat` is read as staging (a rehearsal of production), `qa` as test. */
export const DEFAULT_ENVIRONMENT_SETTINGS: EnvironmentSettings = {
  environmentKeys: ["environment", "env", "stage"],
  environmentValues: {
    prod: "production",
    production: "production",
    prd: "production",
    live: "production",
    staging: "staging",
    stage: "staging",
    stg: "staging",
    uat: "staging",
    qa: "test",
    test: "test",
    testing: "test",
    dev: "development",
    development: "development",
    sandbox: "sandbox",
  },
  unclassifiedAsProduction: true,
};

/** A broker's environment with the evidence it rests on. */
export interface EnvironmentClassification {
  readonly environment: Environment;
  readonly source: "tag" | "account-default" | "none";
  /** The tag's key and value as written on the broker; null unless `source` is tag. */
  readonly key: string | null;
  readonly rawValue: string | null;
  /** Whether rules and KPIs treat the broker as production. */
  readonly countsAsProduction: boolean;
  /** A non-production tag in an account whose default is production: it counts as production, and is a finding. */
  readonly conflictWithAccountDefault: boolean;
  /** The first tag of the convention whose value is not in the value map, when there is one: the reason why it did not decide. */
  readonly unmapped: { readonly key: string; readonly value: string } | null;
}

/**
 * The environment of a broker: the first key of the list whose value is mapped, then the account's default, then unclassified. A value that is not
 * in the map decides nothing and is reported. AWS tag keys are case-sensitive, so a broker can carry `Env` and `env`: where they disagree,
 * production wins, else the first key in code-point order. Tags never observed (undefined) are treated like none.
 */
export function classifyEnvironment(input: {
  tags: Tags | null | undefined;
  settings: EnvironmentSettings;
  accountDefault: ClassifiedEnvironment | null | undefined;
}): EnvironmentClassification {
  const { settings, accountDefault } = input;
  const valueMap = new Map(Object.entries(settings.environmentValues).map(([text, kind]) => [fold(text), kind]));
  let unmapped: EnvironmentClassification["unmapped"] = null;
  let decided: { key: string; value: string; environment: ClassifiedEnvironment } | undefined;

  for (const wanted of settings.environmentKeys) {
    const candidates = tagsWithKey(input.tags, wanted).map(({ key, value }) => ({
      key,
      value,
      environment: valueMap.get(fold(value)),
    }));
    unmapped ??= candidates.find((candidate) => candidate.environment === undefined) ?? null;
    const mapped = candidates.flatMap(({ key, value, environment }) =>
      environment ? [{ key, value, environment }] : [],
    );
    decided = mapped.find(({ environment }) => environment === "production") ?? mapped[0];
    if (decided) break;
  }

  const reported = unmapped && { key: unmapped.key, value: unmapped.value };
  if (decided) {
    const conflict = decided.environment !== "production" && accountDefault === "production";
    return {
      environment: decided.environment,
      source: "tag",
      key: decided.key,
      rawValue: decided.value,
      countsAsProduction: decided.environment === "production" || conflict,
      conflictWithAccountDefault: conflict,
      unmapped: reported,
    };
  }
  return {
    environment: accountDefault ?? "unclassified",
    source: accountDefault ? "account-default" : "none",
    key: null,
    rawValue: null,
    countsAsProduction: accountDefault ? accountDefault === "production" : settings.unclassifiedAsProduction,
    conflictWithAccountDefault: false,
    unmapped: reported,
  };
}

/** The tags with a key, case ignored, that have a value; the key's own spelling first, then in code-point order. */
export function tagsWithKey(tags: Tags | null | undefined, wanted: string): { key: string; value: string }[] {
  const folded = fold(wanted);
  return Object.entries(tags ?? {})
    .filter(([key, value]) => fold(key) === folded && value.trim() !== "")
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => Number(b.key === wanted) - Number(a.key === wanted) || (a.key < b.key ? -1 : 1));
}

/** Text for comparison: surrounding space and case removed. Not locale-dependent: a Turkish server must read LIVE as live. */
function fold(text: string): string {
  return text.trim().toLowerCase();
}
