import type { z } from "zod";
import type { BrokerDetail, supportView } from "@/lib/contracts/brokers";
import { loadAccounts } from "@/lib/db/account-store";
import { BROKER_ATTRIBUTES, parseAttributeObservedAt, parseObservedAttributes } from "@/lib/db/broker-attributes";
import { type BrokerRow, brokerDocument, findBroker } from "@/lib/db/broker-queries";
import { listFindings } from "@/lib/db/finding-queries";
import { loadOwners, openAssignments } from "@/lib/db/owner-store";
import { contactableOwners } from "@/lib/db/rule-fact-queries";
import { changedSettings } from "@/lib/db/setting-store";
import type { BrokerSnapshot, ObservedAttributes } from "@/lib/domain/broker";
import { isKnownEngine } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type InstanceTypeStatus, instanceTypeStatus } from "@/lib/lifecycle/instance-type-status";
import { type SupportStatus, supportStatus } from "@/lib/lifecycle/support-status";
import { nextHops, type UpgradeHop } from "@/lib/lifecycle/upgrade-hops";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import { ATTRIBUTE_LABELS } from "@/lib/rules/attribute-labels";
import { evaluateBroker } from "@/lib/rules/evaluate";
import { RULES } from "@/lib/rules/registry";
import { createClassifier } from "@/lib/services/classify-fleet";
import type { Ctx } from "@/lib/services/ctx";
import { currentAdvisories } from "@/lib/services/current-advisories";
import { currentCalendar } from "@/lib/services/current-calendar";
import { currentPolicy } from "@/lib/services/current-policy";
import { mergeSettings } from "@/lib/services/current-settings";
import { brokerItemOf } from "@/lib/services/read/broker-item";
import { findingListInput } from "@/lib/services/read/read-findings";
import { readSurroundings } from "@/lib/services/read/read-surroundings";
import { readTopology } from "@/lib/services/read/read-topology";
import { cachedRuleFacts } from "@/lib/services/rule-facts-cache";

const MAX_HOPS = 12;

function supportViewOf(status: SupportStatus): z.input<typeof supportView> {
  return {
    status: status.state,
    stage: status.stage,
    endOfSupport: status.endOfSupport,
    daysLeft: status.daysToEnd,
    sentence: status.explanation,
    source: status.source,
    verified: status.verified ?? false,
  };
}

function instanceViewOf(status: InstanceTypeStatus): z.input<typeof supportView> {
  return {
    status: status.state,
    stage: status.createBlocked && status.state !== "past-end-of-support" ? "create-blocked" : null,
    endOfSupport: status.endOfSupport,
    daysLeft: status.daysToEnd,
    sentence: status.explanation,
    source: status.source,
    verified: status.verified ?? false,
  };
}

/** Hops from the running version to the newest reachable line, in order. */
function upgradePathOf(attributes: ObservedAttributes, calendar: SupportCalendar, on: PlainDate): UpgradeHop[] {
  const { engine, instanceType, autoMinorVersionUpgrade } = attributes;
  const path: UpgradeHop[] = [];
  let version = attributes.engineVersion;
  while (engine && isKnownEngine(engine) && version && path.length < MAX_HOPS) {
    const hop = nextHops({ engine, version, instanceType, autoMinorVersionUpgrade, calendar, on })[0];
    if (!hop) break;
    path.push(hop);
    version = hop.to;
  }
  return path;
}

function snapshotOf(
  row: BrokerRow,
  attributes: ObservedAttributes,
  classified: Pick<BrokerSnapshot, "environment" | "owner">,
  now: Date,
): BrokerSnapshot {
  return {
    arn: row.arn,
    brokerId: row.id,
    accountId: row.accountId,
    region: row.region,
    attributes,
    observedAt: row.observedAt ?? now,
    firstSeenAt: row.firstSeenAt,
    goneAt: row.goneAt,
    ...classified,
  };
}

/** The broker of an id or ARN as the lists show it. Errors: not-found. */
export async function requireBroker({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<BrokerRow> {
  const row = await findBroker(ctx.db, input.id);
  if (!row) throw unknownBroker(input.id);
  return row;
}

function unknownBroker(id: string): AppError {
  return new AppError("not-found", `There is no broker ${id}.`);
}

/** All that is known of one broker, with when it was observed and what the rules say of it. Errors: not-found. */
export async function readBroker({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<BrokerDetail> {
  const row = await requireBroker({ ctx, input });
  const document = await brokerDocument(ctx.db, row.dbId);
  if (!document) throw unknownBroker(input.id);
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const attributes = parseObservedAttributes(document.attributes);
  const exceptions = parseAttributeObservedAt(document.attributeObservedAt);
  const [facts, contactable, accounts, owners, assignments, changed, findings, topology, surroundings] =
    await Promise.all([
      cachedRuleFacts({ ctx }),
      contactableOwners(ctx.db),
      loadAccounts(ctx.db),
      loadOwners(ctx.db),
      openAssignments(ctx.db),
      changedSettings(ctx.db),
      listFindings(
        ctx.db,
        findingListInput(
          { match: "all", limit: 200, filter: [{ property: "brokerId", operator: "=", value: row.id }] },
          now,
        ),
      ),
      readTopology({ ctx, input: { row, attributes } }),
      readSurroundings({ ctx, input: { row, attributes } }),
    ]);
  const settings = mergeSettings(changed);
  const { environment, owner } = createClassifier({ settings, accounts, owners, assignments }).classify({
    arn: row.arn,
    accountId: row.accountId,
    tags: attributes.tags,
  });
  const entity = owners.find(({ key }) => key === owner.ownerKey);
  const snapshot = {
    ...snapshotOf(row, attributes, { environment, owner }, now),
    facts: {
      ...facts.of({ id: row.dbId, arn: row.arn, accountId: row.accountId, region: row.region, attributes }),
      ownerEntity: { verified: entity?.verified ?? false, contactable: contactable.has(entity?.id ?? -1) },
    },
  };
  const calendar = await currentCalendar(ctx.db);
  const results = evaluateBroker(RULES, snapshot, {
    now,
    today,
    calendar,
    advisories: await currentAdvisories(ctx.db),
    policy: await currentPolicy(ctx.db, settings),
  });
  const { engine, engineVersion, instanceType } = attributes;
  return {
    broker: brokerItemOf(row, now),
    support: supportViewOf(supportStatus({ engine, version: engineVersion, calendar, on: today })),
    instanceSupport: instanceViewOf(instanceTypeStatus({ engine, instanceType, calendar, on: today })),
    facts: BROKER_ATTRIBUTES.map((attribute) => ({
      attribute,
      label: ATTRIBUTE_LABELS[attribute],
      value: attributes[attribute] ?? null,
      observedAt:
        attributes[attribute] === undefined ? null : (exceptions[attribute] ?? row.observedAt?.toISOString() ?? null),
      source: attributes[attribute] === undefined ? "never observed" : "Amazon MQ DescribeBroker",
    })),
    descriptionFailure: document.descriptionFailure,
    rules: results.map(({ rule, outcome }) => ({
      ruleId: rule.id,
      title: rule.title,
      outcome: outcome.kind,
      severity: (outcome.kind === "fail" ? outcome.failures[0].severity : undefined) ?? rule.severity,
      findingId: findings.rows.find((f) => f.ruleId === rule.id)?.id ?? null,
      reason:
        outcome.kind === "pass"
          ? outcome.summary
          : outcome.kind === "fail"
            ? outcome.failures.map((f) => f.summary).join(" ")
            : outcome.reason,
    })),
    upgradePath: upgradePathOf(attributes, calendar, today).map((hop) => ({
      line: hop.to,
      inPlace: hop.way === "in-place",
      conditions: hop.conditions.map((c) => c.text),
    })),
    surroundings,
    topology,
    payload: document.payload,
    payloadObservedAt: document.payloadObservedAt?.toISOString() ?? null,
    console: (attributes.instances ?? []).flatMap((i) => (i.consoleUrl ? [i.consoleUrl] : [])),
    asOf: now.toISOString(),
  };
}
