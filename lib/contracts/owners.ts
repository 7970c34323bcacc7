import { z } from "zod";
import { decimalText, freshness, instant, money } from "@/lib/contracts/common";
import { SEVERITIES } from "@/lib/domain/finding";
import { OWNERSHIP_KINDS } from "@/lib/domain/ownership";

const severity = z.enum(SEVERITIES);
const name = z.string().trim().min(1, "Give it a name.").max(200);
const ownerKey = z.string().min(1).max(300).meta({ description: "Key of an owner entity" });
const reason = z.string().trim().max(1000).default("");

/** An owner with what it answers for. Findings are those that are not closed. */
export const ownerItem = z
  .object({
    id: z.number().int(),
    key: z.string(),
    displayName: z.string(),
    verified: z.boolean(),
    contactable: z.boolean().meta({ description: "It has an e-mail address or a chat handle" }),
    brokers: z.number().int(),
    productionBrokers: z.number().int().meta({ description: "Brokers that count as production" }),
    findings: z.object({
      total: z.number().int(),
      critical: z.number().int(),
      high: z.number().int(),
      medium: z.number().int(),
      low: z.number().int(),
      overdue: z.number().int(),
    }),
    expiringAcceptances: z.number().int().meta({ description: "Acceptances that end within 30 days" }),
    /** Run rate of its brokers now, one amount for each currency. */
    monthlyCost: z.array(money),
    brokersWithoutCost: z.number().int().meta({ description: "Brokers whose cost is not known" }),
  })
  .meta({ id: "Owner" });
export type OwnerItem = z.infer<typeof ownerItem>;

export const ownerList = z
  .object({
    items: z.array(ownerItem),
    total: z.number().int(),
    /** How many brokers there are of each kind that somebody may want to assign. */
    brokers: z.object({
      none: z.number().int(),
      "account-default": z.number().int(),
      ambiguous: z.number().int(),
      assigned: z.number().int(),
    }),
    asOf: instant,
    freshness,
  })
  .meta({ id: "OwnerList" });
export type OwnerList = z.infer<typeof ownerList>;

export const ownershipQuery = z.object({
  kind: z.enum(OWNERSHIP_KINDS),
  q: z.string().max(200).optional().meta({ description: "A part of the name, the account or a tag" }),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** A broker with what says who it belongs to: AWS's tags and what was assigned here, side by side. */
export const brokerOwnership = z
  .object({
    id: z.string().meta({ description: "AWS broker id" }),
    arn: z.string(),
    name: z.string(),
    accountId: z.string(),
    accountName: z.string().nullable(),
    region: z.string(),
    engine: z.string(),
    environment: z.string(),
    countsAsProduction: z.boolean(),
    /** False where AWS never described the broker: whether it is tagged is not known. */
    tagsKnown: z.boolean(),
    /** Its owner tags, the most trusted key first, each with the owner it names. */
    tags: z.array(
      z.object({ key: z.string(), value: z.string(), ownerKey: z.string().nullable(), owner: z.string().nullable() }),
    ),
    owner: z.object({ key: z.string(), displayName: z.string(), source: z.string() }).nullable(),
    assignment: z
      .object({ ownerKey: z.string(), owner: z.string(), at: instant, by: z.string(), reason: z.string() })
      .nullable(),
  })
  .meta({ id: "BrokerOwnership" });
export type BrokerOwnership = z.infer<typeof brokerOwnership>;

export const ownershipList = z
  .object({
    items: z.array(brokerOwnership),
    total: z.number().int(),
    /** The tag key that is looked at first: what the tagging command writes. */
    tagKey: z.string(),
    asOf: instant,
    freshness,
  })
  .meta({ id: "OwnershipList" });
export type OwnershipList = z.infer<typeof ownershipList>;

const emailAddress = z.union([z.literal(""), z.string().trim().toLowerCase().max(254).pipe(z.email())]);
const contact = {
  email: emailAddress.meta({ description: "Empty takes it away" }),
  chatHandle: z.string().trim().max(200).meta({ description: "Empty takes it away" }),
};

export const ownerInput = z
  .object({
    displayName: name,
    email: contact.email.default(""),
    chatHandle: contact.chatHandle.default(""),
    verified: z.boolean().default(false),
  })
  .meta({ id: "OwnerInput" });

/** A change of an owner. The role owner changes the contact data of his own entities; the rest needs owners:write. */
export const ownerPatch = z
  .object({ displayName: name, ...contact, verified: z.boolean(), aliases: z.array(name).max(200) })
  .partial()
  .meta({ id: "OwnerPatch" });

export const assignmentInput = z
  .object({
    brokerIds: z.array(z.string().min(1).max(200)).min(1, "Name at least one broker.").max(500),
    owner: z.union([z.object({ key: ownerKey }), z.object({ displayName: name })]).meta({
      description: "An owner there is, or the name of one that is made where there is none of the name",
    }),
    reason,
  })
  .meta({ id: "AssignmentInput" });

export const assignmentSaved = z
  .object({
    assigned: z.number().int(),
    owner: z.object({ id: z.number().int(), key: z.string(), displayName: z.string() }),
  })
  .meta({ id: "AssignmentSaved" });
export const assignmentEnded = z.object({ ended: z.literal(true) }).meta({ id: "AssignmentEnded" });
export const ownerSaved = z.object({ id: z.number().int() }).meta({ id: "OwnerSaved" });

export const mergeInput = z
  .object({
    from: z.number().int().meta({ description: "The owner that becomes an alias of this one" }),
    preview: z.boolean().default(false).meta({ description: "Tells what would move, and moves nothing" }),
  })
  .meta({ id: "OwnerMergeInput" });
/** What a merge moves, or would. */
export const mergeResult = z
  .object({
    from: z.string(),
    into: z.string(),
    /** Names that lead to the remaining owner from then on. */
    names: z.array(z.string()),
    brokers: z.number().int(),
    openFindings: z.number().int(),
    assignments: z.number().int(),
    people: z.number().int(),
    accountDefaults: z.number().int(),
    done: z.boolean(),
  })
  .meta({ id: "OwnerMerge" });
export type MergeResult = z.infer<typeof mergeResult>;

const dated = z.object({
  id: z.number().int(),
  summary: z.string(),
  severity,
  brokerId: z.string().nullable(),
  brokerName: z.string().nullable(),
});

/** Everything about one owner but the KPIs and lists, which are those of its cut. */
export const ownerScorecard = z
  .object({
    owner: ownerItem.extend({
      email: z.string().nullable(),
      chatHandle: z.string().nullable(),
      createdAt: instant,
      /** Other names that tags may use. `merged`: an owner of its own until then, and again once the alias is taken away. */
      aliases: z.array(z.object({ name: z.string(), merged: z.boolean() })),
    }),
    /** Set where it was merged: the owner that answers now. */
    mergedInto: z.object({ id: z.number().int(), displayName: z.string(), at: instant.nullable() }).nullable(),
    /** Findings that are not closed, worst severity first. Ages count from the start of the present episode. */
    findings: z.array(
      z.object({
        severity,
        total: z.number().int(),
        overdue: z.number().int(),
        dueSoon: z.number().int().meta({ description: "Due within 14 days" }),
        setAside: z.number().int().meta({ description: "Of them accepted, or called false positives" }),
        ages: z.array(z.number().int()).length(4).meta({ description: "Younger than 7, 30, 90 days, and older" }),
      }),
    ),
    /** What is due next or overdue, at most 10. */
    due: z.array(dated.extend({ dueOn: z.string(), overdue: z.boolean(), state: z.string() })),
    /** Acceptances that end within 30 days, the next one first. */
    acceptances: z.array(dated.extend({ acceptedUntil: instant })),
    /** Cost by month, the running one to date, one list for each currency. */
    costs: z.array(
      z.object({
        currency: z.string(),
        months: z.array(z.object({ start: z.string(), amount: decimalText.nullable(), estimated: z.boolean() })),
      }),
    ),
    /** Who belongs to it; null for those who may not see people. */
    people: z
      .array(z.object({ name: z.string(), email: z.string(), role: z.string(), disabled: z.boolean() }))
      .nullable(),
    /** Accounts whose default owner it is. */
    accounts: z.array(z.object({ accountId: z.string(), name: z.string().nullable() })),
    may: z.object({ write: z.boolean(), contact: z.boolean() }),
    asOf: instant,
    freshness,
  })
  .meta({ id: "OwnerScorecard" });
export type OwnerScorecard = z.infer<typeof ownerScorecard>;
