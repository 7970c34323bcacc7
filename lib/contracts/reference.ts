import { z } from "zod";
import { day, instant } from "@/lib/contracts/common";
import { CALENDAR_ROW_KINDS, IMPORT_KINDS, REFERENCE_TABLES } from "@/lib/domain/reference-kind";

const reason = z.string().trim().min(5, "Say why, in five characters or more.").max(500);

/** Where a row comes from. */
const provenance = z.object({
  source: z.string(),
  verified: z.boolean(),
  checkedOn: day,
  notes: z.string().nullable(),
});

const overrideItem = z.object({
  id: z.number().int(),
  endOfSupport: day.nullable(),
  /** Null: as the shipped row says. */
  creatable: z.boolean().nullable(),
  checkedOn: day,
  source: z.string().nullable(),
  reason: z.string(),
  madeAt: instant,
  madeBy: z.string(),
  /** Null: in force. */
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  endedReason: z.string().nullable(),
});
export type OverrideItem = z.infer<typeof overrideItem>;

export const calendarRow = z
  .object({
    kind: z.enum(CALENDAR_ROW_KINDS),
    engine: z.string(),
    /** The engine line, or the instance type. */
    key: z.string(),
    /** Brokers that run on it now. */
    brokers: z.number().int(),
    /** What decides: the override, else the shipped row; null for what only a published source or AWS names. */
    inForce: z
      .object({
        endOfSupport: day.nullable(),
        creatable: z.boolean(),
        status: z.string(),
        stage: z.string().nullable(),
        sentence: z.string(),
        checkedOn: day,
        changedBy: z.string().nullable(),
      })
      .nullable(),
    shipped: provenance
      .extend({
        endOfSupport: day.nullable(),
        /** False: AWS published none. Null: not known whether it did. */
        announced: z.boolean().nullable(),
        creatable: z.boolean(),
      })
      .nullable(),
    /** Overrides of the row, newest first. */
    overrides: z.array(overrideItem),
    /** What the loaded published source says; null where none was loaded or it does not list the row. */
    published: z.object({ endOfSupport: day.nullable(), ended: z.boolean() }).nullable(),
    /** Regions that offer it live, of those that were read; null where none was. */
    live: z.object({ regions: z.number().int(), observedAt: instant.nullable() }).nullable(),
    /** End of life of the open-source project's own line: not AWS's date. */
    upstream: provenance.extend({ endOfLife: day.nullable() }).nullable(),
    /** Where the sides disagree, each as a sentence. */
    differences: z.array(z.string()),
  })
  .meta({ id: "SupportCalendarRow" });
export type CalendarRow = z.infer<typeof calendarRow>;

export const calendarView = z
  .object({
    rows: z.array(calendarRow),
    /** The published sources that are compared with, per engine. */
    published: z.array(
      z.object({ engine: z.string(), originName: z.string().nullable(), importedAt: instant.nullable() }),
    ),
    /** When AWS's live offers were last read; null: never. */
    offersReadAt: instant.nullable(),
    asOf: instant,
  })
  .meta({ id: "SupportCalendar" });
export type CalendarView = z.infer<typeof calendarView>;

export const referenceTableQuery = z.object({
  q: z.string().trim().max(200).optional().meta({ description: "Rows that hold this text" }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type ReferenceTableQuery = z.output<typeof referenceTableQuery>;

/** One kind of reference data as a table: every row with its provenance. */
export const referenceTable = z
  .object({
    kind: z.enum(REFERENCE_TABLES),
    title: z.string(),
    description: z.string(),
    columns: z.array(z.object({ id: z.string(), label: z.string() })),
    items: z.array(
      provenance.extend({
        id: z.string(),
        /** By column; absent where the source has nothing. */
        cells: z.record(z.string(), z.string()),
        /** Shipped with the product, or loaded by somebody. */
        origin: z.enum(["shipped", "loaded"]),
        /** Where a loaded source says something else. */
        difference: z.string().nullable(),
      }),
    ),
    total: z.number().int(),
    unverified: z.number().int(),
    /** What the collector of the data wrote down about it. */
    notes: z.array(z.string()),
    asOf: instant,
  })
  .meta({ id: "ReferenceTable" });
export type ReferenceTable = z.infer<typeof referenceTable>;

export const overrideInput = z
  .object({
    kind: z.enum(CALENDAR_ROW_KINDS),
    engine: z.string().trim().min(1).max(60),
    key: z.string().trim().min(1).max(100),
    /** First day past support; null: none announced. */
    endOfSupport: day.nullable(),
    creatable: z.boolean().nullable().default(null),
    source: z.string().trim().max(500).nullable().default(null),
    reason,
  })
  .meta({ id: "ReferenceOverrideInput" });
export const overrideSaved = z.object({ id: z.number().int() }).meta({ id: "ReferenceOverrideSaved" });
export const withdrawInput = z.object({ reason }).meta({ id: "ReferenceWithdrawInput" });

/** Longest `content` of a file; its text may have 20 MB once it is unpacked. */
const MAX_CONTENT = 9_000_000;
/** Largest request of an import: what Next hands on whole is 10 MB. */
export const MAX_IMPORT_BODY_BYTES = 9_900_000;

export const importInput = z
  .discriminatedUnion("from", [
    z.object({
      from: z.literal("file"),
      kind: z.enum(IMPORT_KINDS),
      name: z.string().trim().min(1).max(200),
      /** How `content` holds the file: its text as it is, or packed by gzip and written in base64. */
      encoding: z.enum(["text", "gzip-base64"]),
      content: z.string().min(1, "The file is empty.").max(MAX_CONTENT, "The file is too large."),
    }),
    z.object({
      from: z.literal("address"),
      kind: z.enum(IMPORT_KINDS),
      address: z.string().trim().min(1).max(2000),
    }),
  ])
  .meta({ id: "ReferenceImportInput" });

const importItem = z
  .object({
    id: z.number().int(),
    kind: z.string(),
    origin: z.string(),
    /** Name of the file, or the address. */
    originName: z.string(),
    sha256: z.string(),
    bytes: z.number().int(),
    rows: z.number().int(),
    told: z.array(z.string()),
    refused: z.array(z.object({ what: z.string(), reason: z.string() })),
    importedAt: instant,
    importedBy: z.string(),
    endedAt: instant.nullable(),
    endedBy: z.string().nullable(),
    endedReason: z.string().nullable(),
  })
  .meta({ id: "ReferenceImport" });
export type ImportItem = z.infer<typeof importItem>;
export const importList = z.object({ items: z.array(importItem), asOf: instant }).meta({ id: "ReferenceImportList" });
export const importResult = importItem;
