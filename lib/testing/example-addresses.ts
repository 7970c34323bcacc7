import { z } from "zod";
import type { EndpointName } from "@/lib/contracts/endpoints";
import { REFERENCE_TABLES } from "@/lib/domain/reference-kind";
import type { ApiHarness } from "@/lib/testing/api-harness";
import { exampleLink } from "@/lib/testing/example-link";

const items = z.object({ items: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })) });

/** Ids of things that a synced harness has. */
export interface Examples {
  brokerId: string;
  brokerArn: string;
  findingId: string;
  syncId: string;
  planId: string;
  campaignId: string;
  reportId: string;
  linkToken: string;
}

export async function examplesOf(api: ApiHarness): Promise<Examples> {
  const broker = z
    .object({ items: z.array(z.object({ id: z.string(), arn: z.string() })).min(1) })
    .parse(await api.get("/api/v1/brokers?limit=1")).items[0];
  const [finding] = items.parse(await api.get("/api/v1/findings?limit=1")).items;
  const [sync] = items.parse(await api.get("/api/v1/syncs?limit=1")).items;
  if (!broker || !finding || !sync) throw new Error("the harness has no broker, finding or sync yet");
  const planId = await anyPlan(api);
  const campaignId = await campaignOf(api, planId);
  return {
    brokerId: broker.id,
    brokerArn: broker.arn,
    findingId: String(finding.id),
    syncId: String(sync.id),
    planId: String(planId),
    campaignId: String(campaignId),
    reportId: String(await anyReport(api)),
    linkToken: await exampleLink(api, Number(finding.id)),
  };
}

/** The report of the quarter that runs. */
async function anyReport(api: ApiHarness): Promise<number> {
  const answer = await api.call("POST", "/api/v1/reports", { body: { quarter: "2026-Q4" } });
  return z.object({ report: z.object({ id: z.number() }) }).parse(answer.json()).report.id;
}

/** A plan of the first broker that one can be made for: not every finding asks for steps. */
async function anyPlan(api: ApiHarness): Promise<number> {
  const { items: findings } = z
    .object({ items: z.array(z.object({ brokerId: z.string() })) })
    .parse(await api.get("/api/v1/findings?limit=100&filter=subjectType=broker"));
  for (const brokerId of new Set(findings.map((finding) => finding.brokerId))) {
    const plan = await api.call("POST", "/api/v1/plans", { body: { brokerId } });
    if (plan.status === 201) return z.object({ id: z.number() }).parse(plan.json()).id;
  }
  throw new Error("no plan can be made for any broker");
}

/** A campaign that a plan is taken into. */
async function campaignOf(api: ApiHarness, planId: number): Promise<number> {
  const { plan } = z
    .object({ plan: z.object({ broker: z.object({ id: z.string() }) }) })
    .parse(await api.get(`/api/v1/plans/${planId}`));
  const made = await api.call("POST", `/api/v1/campaigns?filter=brokerId=${plan.broker.id}`, {
    body: { name: "Example", deadline: "2099-12-31", takePlans: true },
  });
  if (made.status !== 201) throw new Error(`no campaign can be made: ${made.text}`);
  return z.object({ id: z.number() }).parse(made.json()).id;
}

/** Addresses that each GET endpoint must answer: bare, and with its parameters. */
export function exampleAddresses(examples: Examples): Partial<Record<EndpointName, readonly string[]>> {
  const { brokerId, brokerArn, findingId, syncId, planId, campaignId, reportId, linkToken } = examples;
  const broker = `/brokers/${brokerId}`;
  const cut =
    "account=111122223333,222233334444&region=eu-west-1&engine=activemq&environment=production&owner=sre&owner=(none)";
  return {
    health: ["/health"],
    ready: ["/ready"],
    openapi: ["/openapi.json"],
    session: ["/session"],
    secondFactor: ["/session/second-factor"],
    metrics: ["/metrics"],
    keys: ["/keys"],
    singleSignOn: ["/single-sign-on"],
    overview: ["/overview", `/overview?${cut}`, "/overview?account="],
    brokers: ["/brokers", `/brokers?${cut}&filter=name:a&match=any&q=e&sort=engineVersion&order=desc&limit=3`],
    brokersCsv: ["/brokers/export", `/brokers/export?${cut}`],
    brokerFacets: ["/brokers/facets"],
    broker: [broker, `/brokers/${encodeURIComponent(brokerArn)}`],
    brokerChanges: [`${broker}/changes`, `${broker}/changes?limit=1`],
    brokerEvents: [`${broker}/events`],
    brokerCosts: [`${broker}/costs`, `${broker}/costs?from=2026-10-01&until=2026-11-01`],
    brokerMetrics: ["", "?range=3d", "?range=15d", "?range=90d", "?range=13m"].map(
      (query) => `${broker}/metrics${query}`,
    ),
    topology: ["/topology", "/topology?account=111122223333&region=eu-west-1&environment=production&owner=(none)"],
    findings: ["/findings", `/findings?${cut}&filter=overdue=false&sort=dueOn`],
    findingsCsv: ["/findings/export"],
    findingsJson: ["/findings/export/json", "/findings/export/json?filter=severity=high"],
    finding: [`/findings/${findingId}`],
    owners: ["/owners"],
    ownership: ["none", "account-default", "ambiguous", "assigned"].map((kind) => `/owners/brokers?kind=${kind}&q=a`),
    owner: ["/owners/1"],
    rules: ["/rules"],
    rule: ["/rules/general-logs-enabled", "/rules/free-of-known-advisories"],
    kpis: ["/kpis", `/kpis?${cut}`],
    kpi: ["/kpis/ha-coverage", `/kpis/cost-run-rate?${cut}`],
    kpiHistory: [
      "/kpis/owner-coverage/history",
      "/kpis/cost-run-rate/history?dimension=account&key=111122223333&from=2026-11-01&until=2026-12-01",
    ],
    kpiBreakdown: ["account", "region", "engine", "environment", "owner"].map(
      (by) => `/kpis/supported-versions/breakdown?by=${by}`,
    ),
    kpiContributors: [
      "/kpis/ha-coverage/contributors",
      `/kpis/mttr-by-severity/contributors?series=high&group=excluded&limit=2&${cut}`,
    ],
    lifecycle: ["/lifecycle", `/lifecycle?${cut}`],
    lifecycleCalendar: ["/lifecycle/calendar.ics", "/lifecycle/calendar.ics?owner=(none)&environment=production"],
    register: ["/register"],
    referenceCalendar: ["/reference/calendar"],
    referenceImports: ["/reference/imports"],
    referenceTable: REFERENCE_TABLES.flatMap((kind) => [
      `/reference/tables/${kind}`,
      `/reference/tables/${kind}?q=unverified&limit=2&offset=1`,
    ]),
    plans: [
      "/plans",
      `/plans?${cut}&filter=overdue=false&filter=state=active&sort=broker&limit=3`,
      `/plans?filter=campaign=${campaignId}&sort=stage`,
    ],
    plan: [`/plans/${planId}`],
    plansCsv: ["/plans/export", `/plans/export?${cut}`],
    planCsv: [`/plans/${planId}/export/csv`],
    planMarkdown: [`/plans/${planId}/export/markdown`],
    recommendations: [
      "/recommendations",
      `/recommendations?${cut}&filter=counted=true&filter=confidence=high&filter=state=open&sort=broker&limit=3`,
      "/recommendations?filter=state=ended&filter=monthly>=0&sort=endedAt",
    ],
    recommendationsCsv: ["/recommendations/export", `/recommendations/export?${cut}`],
    recommendationsJson: ["/recommendations/export/json"],
    brokerRecommendations: [`/brokers/${brokerId}/recommendations`],
    campaigns: ["/campaigns"],
    campaign: [`/campaigns/${campaignId}`],
    campaignCsv: [`/campaigns/${campaignId}/export/csv`],
    campaignMarkdown: [`/campaigns/${campaignId}/export/markdown`],
    reports: ["/reports", "/reports?quarter=2026-Q4&scope=all&key="],
    report: [`/reports/${reportId}`],
    reportPdf: [`/reports/${reportId}/export/pdf?paper=letter&owners=none`],
    reportXlsx: [`/reports/${reportId}/export/xlsx`],
    reportCsv: [`/reports/${reportId}/export/csv`],
    reportJson: [`/reports/${reportId}/export/json`],
    kpiTargets: ["/kpis/ha-coverage/targets"],
    costs: [
      "/costs",
      ...["account", "engine", "region", "environment", "owner", "component"].map(
        (by) => `/costs?by=${by}&granularity=month`,
      ),
      `/costs?${cut}&from=2026-10-01&until=2026-11-01`,
    ],
    syncs: ["/syncs", "/syncs?limit=1&status=complete"],
    sync: [`/syncs/${syncId}`],
    accounts: ["/accounts"],
    discoverAccounts: ["/accounts/discover"],
    policy: ["/accounts/policy"],
    settings: ["/settings"],
    people: ["/people"],
    notifications: ["/notifications"],
    acknowledgement: [`/acknowledgements/${linkToken}`],
    outbox: ["/notifications/outbox", "/notifications/outbox?state=failing&limit=2"],
    audit: ["/audit", "/audit?actor=system&action=sync&subject=sync&from=2026-01-01&until=2026-12-31&limit=2"],
    auditSeals: ["/audit/seals"],
    auditCsv: ["/audit/export", "/audit/export?action=sync.start"],
  };
}
