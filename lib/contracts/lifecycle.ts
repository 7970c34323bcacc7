import { z } from "zod";
import { cutQuery, day, freshness, instant, money } from "@/lib/contracts/common";

export const lifecycleQuery = cutQuery;
/** What a calendar can be limited to. */
export const calendarCutQuery = cutQuery;
export const calendarQuery = calendarCutQuery.extend({
  token: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "Calendar token, for programs that sign in nowhere; it says the cut, and stands alone" }),
});

export const lifecycleEntry = z
  .object({
    id: z.string(),
    kind: z.enum(["engine-line", "instance-type"]),
    engine: z.string(),
    name: z.string().meta({ description: "Line (5.18) or instance type; 'unknown' where it was never observed" }),
    /** supported, ending, past-end-of-support, unknown */
    state: z.string(),
    /** notice, create-blocked, forced-upgrade-window, overdue */
    stage: z.string().nullable(),
    offeredSince: day.nullable(),
    endOfSupport: day.nullable().meta({ description: "First day past support" }),
    noticeFrom: day.nullable(),
    createBlockedFrom: day.nullable(),
    forcedUpgradeEndExclusive: day.nullable().meta({ description: "First day after AWS's upgrade window" }),
    noEndDateAsOf: day.nullable().meta({ description: "Set where AWS had published no end date as of this day" }),
    notKnowableFrom: day.nullable(),
    nextLine: z.string().nullable(),
    creatable: z.boolean().nullable().meta({ description: "Whether AWS creates new brokers on it today" }),
    upstreamEnds: z
      .array(z.object({ endOfLife: day, verified: z.boolean(), source: z.string() }))
      .meta({ description: "Ends of life of the open-source line; not AWS's dates" }),
    source: z.string().nullable(),
    verified: z.boolean().nullable(),
    checkedOn: day.nullable(),
    changedBy: z.string().nullable(),
    sentence: z.string(),
    brokers: z.number().int().meta({ description: "Brokers in scope that run it" }),
    staleBrokers: z.number().int().meta({ description: "Of them, those last observed more than 3 days ago" }),
    cells: z
      .array(z.object({ owner: z.string(), environment: z.string(), brokers: z.number().int() }))
      .meta({ description: "The brokers by owner key and environment" }),
  })
  .meta({ id: "LifecycleEntry" });
export type LifecycleEntryView = z.infer<typeof lifecycleEntry>;

export const exposureGroup = z
  .object({
    kind: z.enum(["past-end-of-support", "ends-in-quarter", "ends-later", "no-end-published", "unknown", "stale"]),
    /** Name and bounds of the quarter, for `ends-in-quarter` alone. */
    quarter: z.object({ name: z.string(), start: day, endExclusive: day }).nullable(),
    /** Whether an end in the quarter would be known by now: yes, partly, no. */
    knowable: z.enum(["yes", "partly", "no"]).nullable(),
    notKnowableFrom: day
      .nullable()
      .meta({ description: "From this day on something without a date could end without anybody knowing today" }),
    brokers: z.number().int(),
    brokersWithoutCost: z.number().int(),
    spend: z.array(money).meta({ description: "Run rate per month of these brokers, by currency; never summed" }),
    /** What they run: ids of entries with the brokers of this group. */
    parts: z.array(z.object({ id: z.string(), brokers: z.number().int() })),
  })
  .meta({ id: "ExposureGroup", description: "Spend on affected brokers, not a loss estimate" });
export type ExposureGroupView = z.infer<typeof exposureGroup>;

export const lifecycleView = z
  .object({
    today: day,
    entries: z.array(lifecycleEntry),
    exposure: z.object({
      /** The running quarter and the next four. */
      engineLines: z.array(exposureGroup),
      instanceTypes: z.array(exposureGroup),
    }),
    brokers: z.number().int().meta({ description: "Brokers in scope" }),
    exclusions: z.array(z.object({ reason: z.string(), count: z.number().int() })),
    caveats: z.array(z.string()),
    owners: z.array(z.object({ key: z.string(), label: z.string(), brokers: z.number().int() })),
    asOf: instant,
    freshness,
  })
  .meta({ id: "Lifecycle" });
export type LifecycleView = z.infer<typeof lifecycleView>;
