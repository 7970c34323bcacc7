import { z } from "zod";

/** An exact decimal as text, e.g. "1234.567890000000000000"; never a float. */
export const decimalText = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ description: "Exact decimal as text" });
/** ISO 8601 instant, UTC. */
export const instant = z.iso.datetime();
/** Calendar day YYYY-MM-DD. */
export const day = z.iso.date();
export const money = z.object({ amount: decimalText, currency: z.string() }).meta({ id: "Money" });

const MAX_KEYS = 500;
const MAX_KEY_LENGTH = 1000;
const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** Wanted keys of one dimension. A parameter without any key is no limit, as if it were absent. */
function list(description: string, separate: (value: string) => string[], readKey = (key: string) => key) {
  return oneOrMore
    .transform((value, context) => {
      const keys = (Array.isArray(value) ? value : [value]).flatMap(separate).filter((key) => key !== "");
      if (keys.length > MAX_KEYS || keys.some((key) => key.length > MAX_KEY_LENGTH)) {
        context.addIssue({
          code: "custom",
          message: `at most ${MAX_KEYS} keys of at most ${MAX_KEY_LENGTH} characters each`,
        });
        return z.NEVER;
      }
      return keys.length > 0 ? keys.map(readKey) : undefined;
    })
    .optional()
    .meta({ description });
}
const byCommas = (value: string) => value.split(",");
const REPEATED = "; repeat or separate by commas";

/** The cut that every figure and list can be limited to. */
export const cutQuery = z.object({
  account: list(`AWS account ids${REPEATED}`, byCommas),
  region: list(`AWS regions${REPEATED}`, byCommas),
  engine: list(`ACTIVEMQ, RABBITMQ${REPEATED}`, byCommas, (engine) => engine.toUpperCase()),
  environment: list(
    `production, staging, test, development, sandbox, unclassified${REPEATED}`,
    byCommas,
    (environment) => environment.toLowerCase(),
  ),
  // A team's name may hold a comma.
  owner: list("owner keys; '(none)' for brokers without owner; repeat for several", (value) => [value]),
});
export type CutQuery = z.infer<typeof cutQuery>;

export const FILTER_OPERATORS = ["!=", "!:", ">=", "<=", "=", ":", ">", "<"] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];
export interface FilterToken {
  property: string;
  operator: FilterOperator;
  value: string;
}

const TOKEN = /^((?:[^=<>:!]|!(?![=:]))+)(!=|!:|>=|<=|=|:|>|<)(.*)$/s;

/** Parses `property operator value`, e.g. `name:orders`, `engineVersion>=3.13`, `tag.team=payments` (tag keys URI-encoded). Null when malformed. */
export function parseFilterToken(text: string): FilterToken | null {
  const match = TOKEN.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const operator = FILTER_OPERATORS.find((o) => o === match[2]);
  return operator ? { property: match[1], operator, value: match[3] ?? "" } : null;
}

/** The inverse of parseFilterToken. */
export function formatFilterToken(token: FilterToken): string {
  // encodeURIComponent leaves the one sign of an operator that a tag's key may end with.
  return `${token.property.replaceAll("!", "%21")}${token.operator}${token.value}`;
}

const MAX_FILTERS = 50;
const MAX_FILTER_LENGTH = 1000;

const filterTokens = oneOrMore.transform((value, context): FilterToken[] => {
  const texts = Array.isArray(value) ? value : [value];
  if (texts.length > MAX_FILTERS) context.addIssue({ code: "custom", message: `at most ${MAX_FILTERS} filters` });
  return texts.flatMap((text) => {
    const token = text.length > MAX_FILTER_LENGTH ? null : parseFilterToken(text);
    if (token) return [token];
    const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
    context.addIssue({
      code: "custom",
      message:
        text.length > MAX_FILTER_LENGTH
          ? `a filter has at most ${MAX_FILTER_LENGTH} characters: ${shown}`
          : `not a filter: ${shown}; write property, operator (= != : !: >= <= > <), value`,
    });
    return [];
  });
});

/** Query of every list: property filter, free text, sort, cursor. */
export const listQuery = cutQuery.extend({
  filter: filterTokens
    .optional()
    .meta({ description: "Repeatable: property, operator, value, e.g. filter=engineVersion>=3.13" }),
  match: z.enum(["all", "any"]).default("all").meta({ description: "Whether all or any of the filters must hold" }),
  q: z.string().max(200).optional().meta({ description: "Free text" }),
  sort: z.string().max(60).optional(),
  order: z.enum(["asc", "desc"]).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
});
export type ListQuery = z.infer<typeof listQuery>;

/** The query of one list, which says by what it filters and sorts. */
export function listQueryOf(
  properties: readonly string[],
  sorts: readonly string[],
  besides?: string,
): typeof listQuery {
  const { filter, sort } = listQuery.shape;
  const names = [...properties, ...(besides ? [besides] : [])].join(", ");
  return listQuery.extend({
    filter: filter.meta({
      description: `Repeatable: property, operator (= != : !: >= <= > <), value, e.g. filter=engine=ACTIVEMQ. Properties: ${names}`,
    }),
    sort: sort.meta({ description: `One of ${sorts.join(", ")}` }),
  });
}

/** A page of a list: `total` counts everything that matches, `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    /** Business instant the answer was computed at. */
    asOf: instant,
    freshness: freshness,
  });

/** How fresh the inventory behind an answer is. */
export const freshness = z
  .object({
    /** Whether any sync ever brought data. */
    everSynced: z.boolean(),
    lastRunId: z.number().int().nullable(),
    lastFinishedAt: instant.nullable(),
    lastStatus: z.string().nullable(),
    running: z.boolean(),
    /** Oldest last complete listing among the scopes in use. */
    oldestCompleteAt: instant.nullable(),
    /** True when inventory older than three days is among the data. */
    stale: z.boolean(),
    /** Scopes whose last outcome was not complete, with what it affects. */
    incomplete: z.array(
      z.object({
        source: z.string(),
        accountId: z.string(),
        region: z.string(),
        status: z.string(),
        since: instant.nullable(),
        message: z.string().nullable(),
        wayOut: z.string().nullable(),
        affects: z.string(),
      }),
    ),
    incompleteTotal: z.number().int(),
  })
  .meta({ id: "Freshness" });
export type Freshness = z.infer<typeof freshness>;

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;

export const ownerRef = z
  .object({ key: z.string(), displayName: z.string(), verified: z.boolean(), source: z.string() })
  .meta({ id: "OwnerRef" });
export type OwnerRef = z.infer<typeof ownerRef>;
