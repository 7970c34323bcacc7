import { brokerListQuery } from "@/lib/contracts/brokers";
import { findingListQuery } from "@/lib/contracts/findings";
import type { CandidateItem } from "@/lib/contracts/register";
import { isAppError } from "@/lib/domain/errors";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { HumanAct } from "@/lib/findings/act";
import { queryObject } from "@/lib/http/route";
import { actOnFilteredFindings } from "@/lib/services/act-on-filtered-findings";
import { attestRegister } from "@/lib/services/attest-register";
import type { Ctx } from "@/lib/services/ctx";
import { readBrokers } from "@/lib/services/read/read-brokers";
import { readFindings } from "@/lib/services/read/read-findings";
import { readOwners } from "@/lib/services/read/read-owners";
import { readRegister } from "@/lib/services/read/read-register";
import { reviewCandidate } from "@/lib/services/review-candidate";
import { saveApplication } from "@/lib/services/save-application";
import { saveDrill } from "@/lib/services/save-drill";
import { updateOwner } from "@/lib/services/update-owner";

/** What each of the demo's people asks for with. */
export type Desk = Readonly<Record<"manager" | "finops" | "administrator", Ctx>>;

/** The teams that somebody has talked to, with the addresses they gave. */
const KNOWN_TEAMS = [
  "payments-core@example.com",
  "ledger@example.com",
  "checkout",
  "order-mgmt",
  "shipping",
  "identity",
  "data-platform",
  "sre",
];

/** What happened so many days before the last one. */
const HISTORY: Readonly<Record<number, (desk: Desk) => Promise<void>>> = {
  84: ({ administrator }) => verifyOwners(administrator),
  63: ({ manager }) => registerApplications(manager),
  56: ({ manager }) => planDrill(manager, 20),
  26: ({ manager }) => tellDrill(manager),
  42: ({ manager }) =>
    act(manager, "filter=severity=high&filter=state=open&filter=environment=production", 12, acknowledgement(manager)),
  // Decided by somebody else than who asked; one of them ends soon.
  38: ({ finops }) =>
    act(
      finops,
      OWN_KEYS,
      4,
      acceptance(finops, "No customer data in these; a key of our own costs more than it protects.", 45),
    ),
  37: ({ manager }) =>
    act(manager, "filter=state=acceptance-requested", 4, { kind: "approve", note: "Agreed until the next review." }),
  21: ({ manager }) => reviewIncidents(manager),
  9: ({ finops }) =>
    act(finops, GENERAL_LOGS, 3, acceptance(finops, "Test brokers live for a week; their logs are read nowhere.", 60)),
  5: ({ manager }) =>
    act(manager, "filter=rule=no-pending-changes&filter=state=open", 1, {
      kind: "claim-fixed",
      note: "Rebooted in last night's window.",
    }),
};

const OWN_KEYS = "filter=rule=customer-managed-key&filter=state=open&filter=environment=staging";
const GENERAL_LOGS = "filter=rule=general-logs-enabled&filter=state=open&filter=environment=test";

/** Days before the last one on which something happened, of those since the day before (exclusive) up to `daysLeft`, the oldest first. */
export function governanceDays({ daysBefore, daysLeft }: { daysBefore: number; daysLeft: number }): number[] {
  return Object.keys(HISTORY)
    .map(Number)
    .filter((day) => day < daysBefore && day >= daysLeft)
    .sort((a, b) => b - a);
}

/** What the organisation's people did on such a day, through the product's own services. */
export async function workOnGovernance(desk: Desk, day: number): Promise<void> {
  await HISTORY[day]?.(desk);
}

const queryOf = (search: string) => findingListQuery.parse(queryObject(new URLSearchParams(search)));
const todayOf = (ctx: Ctx) => plainDateFromInstantUtc(ctx.clock.now());

/** One act on the first findings of a filter, most severe first; those that do not allow it are left. */
async function act(ctx: Ctx, search: string, most: number, how: HumanAct): Promise<void> {
  const query = queryOf(`${search}&limit=${most}`);
  const { items } = await readFindings({ ctx, input: query });
  if (items.length === 0) return;
  await actOnFilteredFindings({ ctx, input: { query, act: how, ids: items.map(({ id }) => id), preview: false } });
}

function acknowledgement(ctx: Ctx): HumanAct {
  return {
    kind: "acknowledge",
    assignee: "Platform guild",
    note: "Taken up in the weekly review.",
    targetOn: addDays(todayOf(ctx), 70),
  };
}

function acceptance(ctx: Ctx, reason: string, days: number): HumanAct {
  return { kind: "request-acceptance", reason, expiresOn: addDays(todayOf(ctx), days) };
}

async function verifyOwners(ctx: Ctx): Promise<void> {
  const { items } = await readOwners({ ctx });
  for (const owner of items) {
    if (!KNOWN_TEAMS.includes(owner.key) || owner.id === null) continue;
    const patch = { verified: true, email: owner.key.includes("@") ? owner.key : `${owner.key}@demo.example` };
    await updateOwner({ ctx, input: { id: String(owner.id), ...patch } });
  }
}

/** Ids of the present brokers of a name. */
async function brokersNamed(ctx: Ctx, ...names: string[]): Promise<string[]> {
  const search = names.map((name) => `filter=${encodeURIComponent(`name=${name}`)}`).join("&");
  const query = brokerListQuery.parse(queryObject(new URLSearchParams(`${search}&match=any`)));
  return (await readBrokers({ ctx, input: query })).items.map(({ id }) => id);
}

async function registerApplications(ctx: Ctx): Promise<void> {
  const save = async (
    name: string,
    ownerName: string,
    slaTarget: number,
    perHour: string,
    brokers: string[],
    attested: boolean,
  ) => {
    const brokerIds = await brokersNamed(ctx, ...brokers);
    if (brokerIds.length === 0) return;
    await saveApplication({
      ctx,
      input: {
        id: null,
        application: {
          name,
          ownerName,
          brokerIds,
          slaTarget,
          outageCostPerHour: perHour,
          outageCostCurrency: "USD",
          failoverAttested: attested,
        },
      },
    });
  };
  await save("Checkout", "checkout", 99.95, "42000", ["checkout-orders", "pay-gateway-prod"], true);
  await save("Parcel tracking", "tracking", 99.5, "3500", ["tracking-hub", "tracking-spoke-1"], false);
  await save("Fraud scoring", "fraud", 99.9, "9000", ["fraud-scoring-ha"], true);
}

async function planDrill(ctx: Ctx, inDays: number): Promise<void> {
  const brokerIds = await brokersNamed(ctx, "sre-drill");
  if (brokerIds.length === 0) return;
  const drill = {
    brokerIds,
    plannedOn: addDays(todayOf(ctx), inDays),
    startedAt: null,
    recoveredAt: null,
    successful: null,
    problems: "",
  };
  await saveDrill({ ctx, input: { id: null, drill } });
}

/** The planned drill has been run: back after a quarter of an hour, and one client had to be started again by hand. */
async function tellDrill(ctx: Ctx): Promise<void> {
  const { drills } = await readRegister({ ctx });
  const drill = drills.find(({ startedAt }) => startedAt === null);
  if (!drill) return;
  const startedAt = new Date(`${drill.plannedOn}T05:00:00Z`);
  await saveDrill({
    ctx,
    input: {
      id: String(drill.id),
      drill: {
        brokerIds: drill.brokers.map(({ id }) => id),
        plannedOn: drill.plannedOn,
        startedAt: startedAt.toISOString(),
        recoveredAt: new Date(startedAt.getTime() + 14 * 60_000).toISOString(),
        successful: true,
        problems: "One client kept a dead connection and was started again by hand.",
      },
    },
  });
}

type Review = Parameters<typeof reviewCandidate>[0]["input"]["review"];

/**
 * Suggested incidents are looked at: forced upgrades and the newest failure in production were incidents, the rest nobody noticed. Then the register of the
 * last quarter is vouched for.
 */
async function reviewIncidents(ctx: Ctx): Promise<void> {
  const { candidates, quarters } = await readRegister({ ctx });
  const last = quarters.find(({ over }) => over);
  const open = candidates.filter(({ review }) => review === null);
  const newest = open.find(({ environment, cause }) => environment === "production" && cause === "broker-failure");
  for (const candidate of open) {
    const noticed =
      candidate === newest || (candidate.environment === "production" && candidate.cause === "forced-upgrade");
    const review = noticed
      ? confirmationOf(candidate)
      : ({ decision: "dismissed", note: "Nobody noticed." } satisfies Review);
    await reviewed(ctx, candidate.id, review);
  }
  if (last)
    await attestRegister({ ctx, input: { quarter: last.quarter, note: "Compared with the incident channel." } });
}

/** What the people who were called tell: it began half an hour before a sync saw it, and took two hours. */
function confirmationOf({ broker, observedAt, cause, summary }: CandidateItem): Review {
  const startedAt = new Date(Date.parse(observedAt) - 30 * 60_000);
  return {
    decision: "confirmed",
    incident: {
      title: `${broker.name} was away`,
      startedAt: startedAt.toISOString(),
      endedAt: new Date(startedAt.getTime() + 120 * 60_000).toISOString(),
      cause,
      planned: false,
      note: summary,
      brokerIds: [broker.id],
      applicationIds: [],
    },
  };
}

/** A candidate whose times do not fit together is left for people. */
async function reviewed(ctx: Ctx, id: string, review: Review): Promise<void> {
  try {
    await reviewCandidate({ ctx, input: { id, review } });
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid-input") throw error;
  }
}
