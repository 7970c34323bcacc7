import data from "./data/focus-columns.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** A column of FOCUS 1.2, for cost exports. */
export interface FocusColumn extends Provenance {
  readonly column: string;
  readonly columnType: string;
  readonly featureLevel: string;
  readonly allowsNulls: boolean;
  readonly dataType: string;
}

const file = openReferenceFile("focus-columns", data);

/** Every column. Source: FinOps Open Cost and Usage Specification 1.2. */
export const FOCUS_COLUMNS: readonly FocusColumn[] = file.rows.map((row) => ({
  column: row.text("column"),
  columnType: row.text("column_type"),
  featureLevel: row.text("feature_level"),
  allowsNulls: row.flag("allows_nulls"),
  dataType: row.text("data_type"),
  ...row.provenance,
}));
