/** Rows of the support calendar: an engine line (key 3.13) or an instance type of an engine (key mq.m5.large). */
export const CALENDAR_ROW_KINDS = ["engine-line", "instance-type"] as const;
export type CalendarRowKind = (typeof CALENDAR_ROW_KINDS)[number];

/** Tables of reference data beside the support calendar. */
export const REFERENCE_TABLES = [
  "versions",
  "instance-types",
  "sizing",
  "quotas",
  "action-codes",
  "advisories",
  "release-notes",
  "metrics",
  "regions",
  "prices",
] as const;
export type ReferenceTableKind = (typeof REFERENCE_TABLES)[number];

/** Published sources that can be loaded. */
export const IMPORT_KINDS = ["endoflife-activemq", "endoflife-rabbitmq", "advisories", "price-list"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Largest file that is read, in bytes. */
export const MAX_IMPORT_BYTES = 20_000_000;
