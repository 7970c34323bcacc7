import type { CutQuery, ListQuery } from "@/lib/contracts/common";
import type { Database } from "@/lib/db/client";
import { cutConditions, inScopeSql, OWNER_KEY } from "@/lib/db/cut-sql";
import {
  booleanTokenSql,
  listWhere,
  type PropertySql,
  propertyOf,
  type SqlParams,
  type Token,
  text,
  tokenSql,
} from "@/lib/db/filter-sql";
import { invalidFilter } from "@/lib/db/filter-value";
import { keysetPage } from "@/lib/db/keyset-page";
import { CAMPAIGN_STAGE_IDS } from "@/lib/domain/campaign";

export type PlanListInput = ListQuery & CutQuery & { now: Date; today: string };

export interface PlanListRow {
  id: number;
  title: string;
  state: string;
  brokerId: string;
  brokerName: string;
  accountId: string;
  region: string;
  engine: string;
  engineVersion: string | null;
  environment: string;
  ownerKey: string | null;
  ownerName: string | null;
  ownerVerified: boolean | null;
  ownerSource: string | null;
  doneSteps: number;
  steps: number;
  overdueSteps: number;
  openFindings: number;
  endsOn: string | null;
  assignees: string[];
  /** The campaign it belongs to. */
  campaignId: number | null;
  campaignName: string | null;
  campaignStage: string | null;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  sortValue: string;
}

/** A maintenance window is over this many minutes after it began (lib/remediation/maintenance-window.ts). */
const WINDOW_MINUTES = 120;

const STAGES: readonly string[] = CAMPAIGN_STAGE_IDS;
const parseStage = (value: string): string => {
  const position = STAGES.indexOf(value.toLowerCase());
  if (position < 0) throw invalidFilter(`not a stage: ${value}; one of ${STAGES.join(", ")}`);
  return String(position + 1);
};

const PROPERTIES: Readonly<Record<string, PropertySql>> = {
  title: text("p.title"),
  state: text("p.state"),
  broker: text("b.name"),
  brokerId: text("b.broker_id"),
  account: text("b.account_id"),
  region: text("b.region"),
  engine: text("b.engine"),
  environment: text("b.environment"),
  owner: text(OWNER_KEY),
  assignee: text("array_to_string(g.assignees, ', ')"),
  campaign: text("p.campaign_id::text"),
  stage: {
    expr: `array_position(ARRAY[${STAGES.map((id) => `'${id}'`).join(", ")}], p.campaign_stage)`,
    textExpr: "p.campaign_stage",
    type: "int",
    parse: parseStage,
  },
  endsOn: { expr: "g.ends_on", type: "date", nullSort: "'infinity'::date" },
  createdAt: { expr: "p.created_at", type: "timestamptz" },
  updatedAt: { expr: "p.updated_at", type: "timestamptz" },
};

/** Whether an open step is overdue at an instant. The instant comes from the clock, not from outside: ISO text, safe within the statement. */
export function overdueSql(now: Date): string {
  const at = `'${now.toISOString()}'::timestamptz`;
  return `(s.state = 'open' AND CASE WHEN s.window_at IS NOT NULL THEN s.window_at + interval '${WINDOW_MINUTES} minutes' <= ${at}
     ELSE COALESCE(s.planned_on < (${at} AT TIME ZONE 'UTC')::date, false) END)`;
}

const fromAt = (
  now: Date,
): string => `FROM plan p JOIN broker b ON b.id = p.broker_id LEFT JOIN owner o ON o.id = b.owner_id LEFT JOIN campaign c ON c.id = p.campaign_id
  LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE s.state = 'done')::int AS done, count(*) FILTER (WHERE s.state <> 'skipped')::int AS total,
      count(*) FILTER (WHERE ${overdueSql(now)})::int AS overdue, max(s.planned_on) FILTER (WHERE s.state = 'open') AS ends_on,
      COALESCE(array_agg(DISTINCT s.assignee) FILTER (WHERE s.assignee IS NOT NULL AND s.state = 'open'), '{}') AS assignees
    FROM plan_step s WHERE s.plan_id = p.id) g ON true`;

const COLUMNS = `p.id, p.title, p.state, b.broker_id AS "brokerId", b.name AS "brokerName", b.account_id AS "accountId", b.region, b.engine,
  b.engine_version AS "engineVersion", b.environment, o.key AS "ownerKey", o.display_name AS "ownerName", o.verified AS "ownerVerified",
  b.owner_source AS "ownerSource", g.done AS "doneSteps", g.total AS steps,
  g.overdue AS "overdueSteps", g.ends_on::text AS "endsOn", g.assignees,
  (SELECT count(*)::int FROM finding_episode e JOIN finding f ON f.id = e.finding_id AND f.episode_count = e.number
    WHERE e.plan_id = p.id AND f.state <> 'closed') AS "openFindings",
  p.campaign_id AS "campaignId", c.name AS "campaignName", p.campaign_stage AS "campaignStage",
  p.created_at AS "createdAt", p.created_by AS "createdBy", p.updated_at AS "updatedAt"`;
const IN_SCOPE = inScopeSql("b");

function tokenCondition(token: Token, params: SqlParams): string {
  if (token.property === "overdue") return booleanTokenSql(token, "g.overdue > 0");
  return tokenSql(token, propertyOf(PROPERTIES, token.property), params);
}

function whereSql(input: PlanListInput, params: SqlParams): string {
  // Of a campaign people want to see what is done as well.
  const ofState = input.filter?.some(({ property }) => property === "state" || property === "campaign");
  const fixed = [IN_SCOPE, ...cutConditions("b", input, params), ofState ? null : "p.state = 'active'"];
  return listWhere(fixed, input, params, {
    token: (token) => tokenCondition(token, params),
    searched: ["p.title", "b.name", "o.display_name"],
  });
}

/** A page of plans by keyset; by default (without a state or a campaign asked for) the active ones, those that end first before the others. Errors: invalid-input. */
export function listPlans(
  db: Database,
  input: PlanListInput,
): Promise<{ rows: PlanListRow[]; total: number; nextCursor: string | null }> {
  return keysetPage<PlanListRow>(
    db,
    {
      name: "plans",
      columns: COLUMNS,
      from: fromAt(input.now),
      where: (params) => whereSql(input, params),
      properties: PROPERTIES,
      sort: input.sort ?? "endsOn",
      direction: input.order ?? "asc",
      idExpr: "p.id",
      limit: input.limit,
      cursor: input.cursor,
    },
    ({ id }) => id,
  );
}

/** One plan as the list shows it; null when there is none. */
export async function findPlan(db: Database, id: number, now: Date): Promise<PlanListRow | null> {
  const [row] = await db.rows<PlanListRow>(`SELECT ${COLUMNS}, '' AS "sortValue" ${fromAt(now)} WHERE p.id = $1`, id);
  return row ?? null;
}
