import { z } from "zod";
import { instant } from "@/lib/contracts/common";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { SEVERITIES } from "@/lib/domain/finding";

const severity = z.enum(SEVERITIES);
const environmentOrAll = z.enum(["", ...ENVIRONMENTS]);

/** How many brokers (accounts, configurations: see `subject`) a rule says what of, as the last evaluation stored it. */
const counts = z.object({
  pass: z.number().int(),
  fail: z.number().int(),
  unknown: z.number().int(),
  notApplicable: z.number().int(),
});

export const ruleSetting = z.object({
  /** "": every environment that has no setting of its own. */
  environment: environmentOrAll,
  enabled: z.boolean(),
  severity: severity.nullable(),
});

export const ruleItem = z
  .object({
    id: z.string(),
    version: z.number().int(),
    title: z.string(),
    category: z.string(),
    severity,
    /** What the rule is about, and so what its counts count. */
    subject: z.enum(["broker", "account", "configuration"]),
    /** The one engine it speaks of; null where it speaks of both, or of no broker. */
    engine: z.string().nullable(),
    counts,
    openFindings: z.number().int(),
    /** An administrator changed something about it. */
    changed: z.boolean(),
    references: z.array(z.object({ kind: z.string(), id: z.string(), url: z.string().optional() })),
  })
  .meta({ id: "RuleItem" });
export type RuleItem = z.infer<typeof ruleItem>;

export const ruleList = z
  .object({ items: z.array(ruleItem), everSynced: z.boolean(), asOf: instant })
  .meta({ id: "RuleList" });

export const ruleDetail = z
  .object({
    rule: ruleItem,
    rationale: z.string(),
    remediation: z.string(),
    /** Why it does not apply to the other engine; null where it speaks of both. */
    otherEngine: z.string().nullable(),
    needs: z.array(z.string()),
    thresholds: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        unit: z.string(),
        default: z.number(),
        value: z.number(),
      }),
    ),
    examples: z.array(z.object({ title: z.string(), expect: z.string() })),
    settings: z.array(ruleSetting),
    change: z.object({ reason: z.string(), updatedAt: instant, updatedBy: z.string() }).nullable(),
    asOf: instant,
  })
  .meta({ id: "RuleDetail" });
export type RuleDetail = z.infer<typeof ruleDetail>;

/** The whole of what differs from the default; what is left out is as shipped. */
export const ruleSettingsInput = z
  .object({
    reason: z.string().trim().min(5).max(500),
    settings: z.array(ruleSetting).max(ENVIRONMENTS.length + 1),
    thresholds: z.record(z.string().max(100), z.number().min(0).max(1_000_000)),
  })
  .meta({ id: "RuleSettingsInput" });
