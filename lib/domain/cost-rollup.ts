/** What usage cost can be grouped and limited by. */
export const ROLLUP_DIMENSIONS = ["account", "region", "engine", "environment", "owner", "component"] as const;
export type RollupDimension = (typeof ROLLUP_DIMENSIONS)[number];

/** Key of cost that could not be placed, as region, engine, environment and owner. No real key looks like it. */
export const UNALLOCATED_KEY = "(unallocated)";
/** Key of cost of brokers without owner. */
export const NO_OWNER_KEY = "(none)";

/** The letter of each dimension in a level's name, in the order in which they stand there. */
const LETTERS = { account: "a", region: "r", engine: "e", environment: "v", owner: "o", component: "c" } as const;

/**
 * The stored combinations of dimensions, fewest rows first: each is the set of letters it keeps. Every one or two of them is here (but owner with
 * component), so are three without owner and component; any other question is answered from the finest, "arevoc", where the account or the owner
 * it is limited to keeps it small.
 */
export const ROLLUP_LEVELS = [
  "",
  "e",
  "c",
  "v",
  "r",
  "ec",
  "ev",
  "vc",
  "re",
  "rc",
  "rv",
  "rev",
  "a",
  "ac",
  "ae",
  "av",
  "ar",
  "aev",
  "are",
  "arv",
  "arev",
  "o",
  "eo",
  "vo",
  "ao",
  "ro",
  "arevoc",
] as const;
export type RollupLevel = (typeof ROLLUP_LEVELS)[number];

/** The level all others are summed from. */
export const FINEST_LEVEL = "arevoc" satisfies RollupLevel;

/** The smallest stored level that keeps all the dimensions. */
export function rollupLevelFor(dimensions: Iterable<RollupDimension>): RollupLevel {
  const letters = [...dimensions].map((dimension) => LETTERS[dimension]);
  return ROLLUP_LEVELS.find((level) => letters.every((letter) => level.includes(letter))) ?? FINEST_LEVEL;
}

/** Dimensions that a level keeps. */
export function dimensionsOfLevel(level: RollupLevel): readonly RollupDimension[] {
  return ROLLUP_DIMENSIONS.filter((dimension) => level.includes(LETTERS[dimension]));
}
