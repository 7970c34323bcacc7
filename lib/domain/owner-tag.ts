import { type Tags, tagsWithKey } from "./environment";

/** The organisation's tagging convention for owners; set by an administrator. */
export interface OwnerSettings {
  /** Tag keys, most trusted first; case does not matter. */
  readonly ownerKeys: readonly string[];
  /** Values that name nobody (case does not matter); blank always counts as missing. */
  readonly placeholders: readonly string[];
}

/** The convention before anybody changed it. */
export const DEFAULT_OWNER_SETTINGS: OwnerSettings = {
  ownerKeys: ["owner", "team", "squad", "service-owner", "contact"],
  placeholders: [
    "tbd",
    "tba",
    "todo",
    "none",
    "no",
    "nobody",
    "n/a",
    "na",
    "nil",
    "null",
    "undefined",
    "unknown",
    "unassigned",
    "changeme",
    "change-me",
    "placeholder",
    "default",
    "xxx",
    "x",
    "-",
    "--",
    "?",
    ".",
  ],
};

/** Who a broker belongs to, and what says so. */
export interface OwnerResolution {
  /** Normalized name by which an owner entity is found or created; null when there is no owner. */
  readonly ownerKey: string | null;
  /** The name as it was written; null when there is no owner. */
  readonly display: string | null;
  readonly source: "assignment" | "tag" | "account-default" | "none";
  /** The tag's key as written on the broker; null unless `source` is tag. */
  readonly tagKey: string | null;
  /** The first owner tag that is there but blank or a placeholder: the reason why it did not decide. */
  readonly placeholder: { readonly key: string; readonly value: string } | null;
}

/**
 * The owner of a broker: an assignment made in the product, else the first key of the list whose value names somebody, else the account's default,
 * else none. Tags never observed (undefined) are treated like none. Placeholders count as missing wherever they come from.
 */
export function resolveOwner(input: {
  assignment: string | null | undefined;
  tags: Tags | null | undefined;
  settings: OwnerSettings;
  accountDefault: string | null | undefined;
}): OwnerResolution {
  const namesSomebody = nameCheck(input.settings);
  const tags = ownerTagsOf(input.tags, input.settings);
  const tag = tags.find((one) => one.namesSomebody);
  const empty = tags.find((one) => !one.namesSomebody);
  const placeholder = empty ? { key: empty.key, value: empty.value } : null;

  if (namesSomebody(input.assignment)) return resolution(input.assignment, "assignment", null, placeholder);
  if (tag) return resolution(tag.value, "tag", tag.key, placeholder);
  if (namesSomebody(input.accountDefault))
    return resolution(input.accountDefault, "account-default", null, placeholder);
  return { ownerKey: null, display: null, source: "none", tagKey: null, placeholder };
}

/** A tag whose key says that its value is an owner. */
export interface OwnerTag {
  readonly key: string;
  readonly value: string;
  /** False for a blank value or a placeholder. */
  readonly namesSomebody: boolean;
}

/** The owner tags of a broker, the most trusted key first. Several that name different owners are a matter for a person. */
export function ownerTagsOf(tags: Tags | null | undefined, settings: OwnerSettings): OwnerTag[] {
  const namesSomebody = nameCheck(settings);
  return settings.ownerKeys
    .flatMap((key) => ownerTags(tags, key))
    .map(({ key, value }) => ({ key, value, namesSomebody: namesSomebody(value) }));
}

type NameCheck = (text: string | null | undefined) => text is string;
// One per settings: a fleet is classified by the same ones, and unifying every placeholder again for every broker takes longer than the rest.
const checks = new WeakMap<OwnerSettings, NameCheck>();

/** Whether a text names somebody by these settings: not blank, not a placeholder. */
export function nameCheck(settings: OwnerSettings): NameCheck {
  const known = checks.get(settings);
  if (known) return known;
  const placeholders = new Set(settings.placeholders.map(normalizeOwnerKey));
  const check = (text: string | null | undefined): text is string => {
    const key = normalizeOwnerKey(text ?? "");
    return key !== "" && !placeholders.has(key);
  };
  checks.set(settings, check);
  return check;
}

/**
 * The text two spellings of one owner share: compatibility characters unified, case and surrounding space removed, inner space collapsed. So
 * "Team  Payments" and "team payments" are one owner, "payments-team" is another until somebody makes it an alias. At most 256 characters (as many
 * as a tag value has; unifying can make eighteen of one), because it is a key of the database.
 */
export function normalizeOwnerKey(text: string): string {
  const key = text.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");
  return key.length > MAX_OWNER_KEY_LENGTH ? [...key].slice(0, MAX_OWNER_KEY_LENGTH).join("").trim() : key;
}

/** What a tag says to name an owner: its name as people write it, where that leads to it, else its key. */
export function tagValueOf({ key, displayName }: { key: string; displayName: string }): string {
  return normalizeOwnerKey(displayName) === key ? displayName : key;
}

const MAX_OWNER_KEY_LENGTH = 256;

function ownerTags(tags: Tags | null | undefined, key: string): { key: string; value: string }[] {
  const withValue = tagsWithKey(tags, key);
  const folded = key.trim().toLowerCase();
  const blank = Object.entries(tags ?? {})
    .filter(([name, value]) => name.trim().toLowerCase() === folded && value.trim() === "")
    .map(([name, value]) => ({ key: name, value }));
  return [...withValue, ...blank];
}

function resolution(
  display: string,
  source: OwnerResolution["source"],
  tagKey: string | null,
  placeholder: OwnerResolution["placeholder"],
): OwnerResolution {
  return { ownerKey: normalizeOwnerKey(display), display: display.trim(), source, tagKey, placeholder };
}
