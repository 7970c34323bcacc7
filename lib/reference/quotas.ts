import data from "./data/quotas.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** A limit of Amazon MQ, Cost Explorer or CloudWatch. */
export interface Quota extends Provenance {
  readonly id: string;
  /** The figure; null where the limit is a range or a pair (see `text`) or is not published. */
  readonly value: number | null;
  /** The limit as documented; null when it is not published. */
  readonly text: string | null;
  readonly unit: string;
  readonly scope: string;
}

const file = openReferenceFile("quotas", data);

/** Every limit. Sources: Amazon MQ developer guide, botocore service models, AWS documentation. */
export const QUOTAS: readonly Quota[] = file.rows.map((row) => {
  const value = row.raw("value");
  return {
    id: row.text("id"),
    value: typeof value === "number" ? value : null,
    text: typeof value === "number" ? String(value) : row.optionalText("value"),
    unit: row.text("unit"),
    scope: row.text("scope"),
    ...row.provenance,
  };
});

/** A limit by its id. */
export function findQuota(id: string): Quota | undefined {
  return QUOTAS.find((row) => row.id === id);
}
