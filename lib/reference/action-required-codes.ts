import { type Engine, normalizeEngine } from "@/lib/domain/engine-version";
import data from "./data/action-required-codes.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** What a code in DescribeBroker's ActionsRequired means, and AWS's remedy in our words. */
export interface ActionRequiredCode extends Provenance {
  readonly code: string;
  readonly engine: Engine;
  readonly meaning: string;
  readonly effect: string;
  readonly remediation: string;
}

/** AWS's page to link to. */
export const ACTION_REQUIRED_URL = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/troubleshooting.html";

const file = openReferenceFile("action-required-codes", data);

/** Every documented code. The API has no list of them: an unknown code is shown as it is, never dropped. */
export const ACTION_REQUIRED_CODES: readonly ActionRequiredCode[] = file.rows.map((row) => ({
  code: row.text("code"),
  engine: normalizeEngine(row.text("engine")),
  meaning: row.text("meaning"),
  effect: row.text("effect"),
  remediation: row.text("remediation"),
  ...row.provenance,
}));

const byCode = new Map(ACTION_REQUIRED_CODES.map((row) => [row.code, row]));

/** The documented code; undefined for one nobody knows yet. */
export function findActionRequiredCode(code: string): ActionRequiredCode | undefined {
  return byCode.get(code.trim().toUpperCase());
}
