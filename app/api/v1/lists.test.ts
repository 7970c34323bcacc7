import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { accountList } from "@/lib/contracts/accounts";
import { BROKER_PROPERTIES, BROKER_SORTS, type BrokerItem, brokerPage } from "@/lib/contracts/brokers";
import { type FilterToken, formatFilterToken } from "@/lib/contracts/common";
import {
  FINDING_PROPERTIES,
  FINDING_SORTS,
  type FindingItem,
  findingDetail,
  findingItem,
  findingPage,
} from "@/lib/contracts/findings";
import { ruleList } from "@/lib/contracts/rules";
import { SHARED_ADVISORIES } from "@/lib/domain/finding";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { everyItem } from "@/lib/testing/every-item";
import { questions } from "@/lib/testing/filter-questions";
import {
  NAIVE_BROKER,
  NAIVE_FINDING,
  type NaiveProperty,
  naiveBrokerProperty,
  naiveMatch,
  naiveOrder,
} from "@/lib/testing/naive-filter";

const LOGISTICS = "333344445555";
const STAGING = "444455556666";
let api: ApiHarness;
let brokers: BrokerItem[];
let everyBroker: BrokerItem[];
let findings: FindingItem[];
let everyFinding: FindingItem[];

beforeAll(async () => {
  api = await startApiHarness();
  await api.connect();
  // One scope is listed but never described, so that some rows know little.
  api.simulator.control("POST", "/faults", {
    add: [{ kind: "deny", account: STAGING, region: "us-east-1", service: "mq", operation: "DescribeBroker" }],
  });
  expect(await api.sync("2026-10-16T06:00:00Z", COSTS_AND_METRICS)).toBe("partial");
  // Another one is refused from now on, so that some rows are stale.
  api.simulator.control("POST", "/faults", {
    add: [{ kind: "deny", account: LOGISTICS, region: "eu-central-1", service: "mq" }],
  });
  expect(await api.sync("2026-11-20T06:00:00Z", ["metrics"])).toBe("partial");
  // Somebody took some on and says of some that they are fixed, so that rows have what people decide.
  const act = { assignee: "Payments", note: "soon", targetOn: "2026-12-15" };
  const taken = await api.call("POST", "/api/v1/findings/bulk/acknowledge?filter=severity=low", { body: { act } });
  expect(taken.status).toBe(200);
  const claimed = await api.call("POST", "/api/v1/findings/bulk/claim-fixed?filter=severity=high", {
    body: { act: {} },
  });
  expect(claimed.status).toBe(200);
  brokers = await allBrokers("");
  everyBroker = await allBrokers("filter=presence:");
  findings = await allFindings("");
  everyFinding = await allFindings("filter=state:");
}, 120_000);
afterAll(() => api.close());

async function allBrokers(search: string): Promise<BrokerItem[]> {
  const page = brokerPage.parse(await api.get(`/api/v1/brokers?limit=500&${search}`));
  expect(page.nextCursor).toBe(null);
  return page.items;
}
async function allFindings(search: string): Promise<FindingItem[]> {
  return z.array(findingItem).parse(await everyItem(api, "findings", search));
}
/** The ids alone of what a list finds: whether its items keep the contract is another test's business. */
async function idsOf(list: "brokers" | "findings", search: string): Promise<string[]> {
  return ids(idItems.parse(await everyItem(api, list, search)));
}
const idItems = z.array(z.object({ id: z.union([z.string(), z.number()]) }));
const ids = (items: readonly { id: string | number }[]) => items.map(({ id }) => String(id)).sort();
const token = (property: string, operator: string, value: string) =>
  `filter=${encodeURIComponent(`${property}${operator}${value}`)}`;

describe("the fleet that the lists show", () => {
  it("has something of everything that they must tell apart", () => {
    const gone = everyBroker.filter((b) => b.presence === "gone");
    expect(gone.length).toBeGreaterThan(0);
    expect(brokers.filter((b) => b.stale).length).toBeGreaterThan(0);
    for (const presence of ["in-scope", "replica", "not-in-service"])
      expect(
        brokers.some((b) => b.presence === presence),
        presence,
      ).toBe(true);
    expect(brokers.some((b) => b.owner === null)).toBe(true);
    expect(brokers.some((b) => b.engineVersion === null)).toBe(true);
    expect(brokers.filter((b) => b.monthlyCost !== null).length).toBeGreaterThan(50);
    expect(everyFinding.some((f) => f.state === "closed")).toBe(true);
    expect(findings.some((f) => f.overdue)).toBe(true);
    expect(findings.some((f) => f.stale)).toBe(true);
  });

  it("shows gone brokers and closed findings on request only", () => {
    expect(brokers.filter((b) => b.goneAt !== null)).toEqual([]);
    expect(ids(everyBroker.filter((b) => b.goneAt === null))).toEqual(ids(brokers));
    expect(ids(everyFinding.filter((f) => f.state !== "closed"))).toEqual(ids(findings));
  });

  it("observes nothing of a broker after it was gone", () => {
    const gone = everyBroker.filter((b) => b.goneAt !== null);
    expect(gone).not.toEqual([]);
    expect(gone.filter((b) => (b.observedAt ?? "") > (b.goneAt ?? ""))).toEqual([]);
  });

  it("marks as stale exactly what was last observed more than three days ago", () => {
    for (const broker of everyBroker) {
      const old =
        broker.observedAt === null ||
        Date.parse("2026-11-20T06:00:00Z") - Date.parse(broker.observedAt) > 3 * 86_400_000;
      expect(broker.stale, broker.name).toBe(broker.goneAt === null && old);
    }
    const staleBrokers = new Set(brokers.filter((b) => b.stale).map((b) => b.id));
    expect(ids(findings.filter((f) => f.stale))).toEqual(
      ids(findings.filter((f) => staleBrokers.has(f.brokerId ?? ""))),
    );
  });
});

const ORDERS = ["asc", "desc"] as const;

describe("pages by cursor", () => {
  it.each(BROKER_SORTS)("of brokers by %s hold each once and in order, both ways", async (sort) => {
    await Promise.all(
      ORDERS.map(async (order) => {
        const seen: BrokerItem[] = [];
        let cursor = "";
        do {
          const search = `limit=31&sort=${sort}&order=${order}&filter=presence:${cursor}`;
          const page = brokerPage.parse(await api.get(`/api/v1/brokers?${search}`));
          expect(page.total).toBe(everyBroker.length);
          seen.push(...page.items);
          cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : "";
        } while (cursor);
        expect(ids(seen)).toEqual(ids(everyBroker));
        expectOrdered(naiveBrokerProperty(sort), seen, order, sort === "endOfSupport");
      }),
    );
  });

  it.each(FINDING_SORTS)("of findings by %s hold each once and in order, both ways", async (sort) => {
    const property = NAIVE_FINDING[sort];
    if (!property) throw new Error(sort);
    await Promise.all(
      ORDERS.map(async (order) => {
        const seen: FindingItem[] = [];
        let cursor = "";
        do {
          const search = `limit=67&sort=${sort}&order=${order}&filter=state:${cursor}`;
          const page = findingPage.parse(await api.get(`/api/v1/findings?${search}`));
          expect(page.total).toBe(everyFinding.length);
          seen.push(...page.items);
          cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : "";
        } while (cursor);
        expect(ids(seen)).toEqual(ids(everyFinding));
        expectOrdered(property, seen, order, sort === "closedAt" || sort === "dueOn" || sort === "targetOn");
      }),
    );
  });

  it("of one item each end where the list ends", async () => {
    const seen: string[] = [];
    let cursor = "";
    for (let page = 0; page < 200; page += 1) {
      const { items, nextCursor } = brokerPage.parse(await api.get(`/api/v1/brokers?limit=1&engine=ACTIVEMQ${cursor}`));
      seen.push(...items.map(({ id }) => id));
      if (!nextCursor) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen.sort()).toEqual(ids(brokers.filter((b) => b.engine === "ACTIVEMQ")));
  });
});

function expectOrdered<T>(property: NaiveProperty<T>, items: readonly T[], order: string, unknownLast: boolean): void {
  for (const [index, item] of items.slice(1).entries()) {
    const before = items[index];
    if (before === undefined) continue;
    const difference = naiveOrder(property, before, item, unknownLast);
    expect(
      order === "asc" ? difference <= 0 : difference >= 0,
      `${property.of(before)} then ${property.of(item)}`,
    ).toBe(true);
  }
}

const search = (question: FilterToken) => `filter=${encodeURIComponent(formatFilterToken(question))}`;

describe("filters of brokers", () => {
  it("know every property that the contract names, and rule besides", () => {
    expect([...Object.keys(NAIVE_BROKER), "rule"].sort()).toEqual([...BROKER_PROPERTIES].sort());
  });

  it.each(Object.keys(NAIVE_BROKER))("%s agrees with a look at every broker, by every operator", async (name) => {
    const property = naiveBrokerProperty(name);
    const pool = name === "presence" ? everyBroker : brokers;
    await Promise.all(
      questions(name, property, everyBroker).map(async (question) => {
        const wanted = pool.filter((b) => naiveMatch(property, question, b));
        expect(await idsOf("brokers", search(question)), formatFilterToken(question)).toEqual(ids(wanted));
      }),
    );
  });

  it("by tag agree for every key in use, also odd ones", async () => {
    const keys = [...new Set(brokers.flatMap((b) => Object.keys(b.tags)))];
    expect(keys.some((key) => /[^\w.-]/.test(key))).toBe(true);
    await Promise.all(
      keys.map(async (key, index) => {
        const name = `tag.${encodeURIComponent(key)}`;
        const property = naiveBrokerProperty(name);
        const value = brokers.flatMap((b) => (b.tags[key] === undefined ? [] : [b.tags[key]]))[0] ?? "";
        const question = asToken(name, (["=", "!=", ":"] as const)[index % 3] ?? "=", value);
        const wanted = brokers.filter((b) => naiveMatch(property, question, b));
        expect(await idsOf("brokers", search(question)), formatFilterToken(question)).toEqual(ids(wanted));
      }),
    );
  });

  it("by a tag key that nobody has find nobody", async () => {
    for (const key of ["no such key", "__proto__", "constructor", "a=b>c", "%", "'; DROP TABLE broker; --", "😀"])
      expect(await allBrokers(token(`tag.${encodeURIComponent(key)}`, "=", "x")), key).toEqual([]);
  });

  it("hold together by all or any", async () => {
    const tokens = [
      asToken("engine", "=", "RABBITMQ"),
      asToken("autoMinorVersionUpgrade", "=", "false"),
      asToken("name", ":", "pay"),
    ];
    const search = tokens.map((t) => token(t.property, t.operator, t.value)).join("&");
    const meets = (b: BrokerItem) => tokens.map((t) => naiveMatch(naiveBrokerProperty(t.property), t, b));
    expect(ids(await allBrokers(`${search}&match=all`))).toEqual(ids(brokers.filter((b) => meets(b).every(Boolean))));
    const any = brokers.filter((b) => meets(b).some(Boolean));
    expect(ids(await allBrokers(`${search}&match=any`))).toEqual(ids(any));
    expect(any.length).toBeLessThan(brokers.length);
  });

  it("by rule agree with the findings that are open", async () => {
    const ofBrokers = findings.filter((f) => f.subjectType === "broker");
    for (const rule of new Set(ofBrokers.map((f) => f.ruleId))) {
      const failing = new Set(findings.filter((f) => f.ruleId === rule).map((f) => f.brokerId ?? ""));
      const found = await allBrokers(token("rule", "=", rule));
      // What is not known any more closes nothing, nor does a deletion that is still under way.
      const unknown = await allBrokers(token("rule", "=", `${rule}:unknown`));
      const leaving = brokers.filter((b) => b.presence === "not-in-service");
      const still = [...unknown, ...leaving].filter(({ id }) => failing.has(id));
      expect(ids([...found, ...still]), rule).toEqual([...failing].sort());
      const others = await allBrokers(token("rule", "!=", rule));
      expect(ids([...found, ...others])).toEqual(ids(brokers));
    }
    const passing = await allBrokers(token("rule", "=", "owner-assigned:pass"));
    expect(passing.length).toBeGreaterThan(0);
    expect(passing.every((b) => b.owner !== null)).toBe(true);
  });
});

describe("cuts and free text", () => {
  const naiveCut: Record<string, (b: BrokerItem) => string> = {
    account: (b) => b.accountId,
    region: (b) => b.region,
    engine: (b) => b.engine,
    environment: (b) => b.environment,
    owner: (b) => b.owner?.key ?? "(none)",
  };

  it.each(Object.keys(naiveCut))("by %s hold exactly their keys, alone and together", async (dimension) => {
    const keyOf = naiveCut[dimension] ?? (() => "");
    const keys = [...new Set(brokers.map(keyOf))];
    const sizes = await Promise.all(
      keys.map(async (key) => {
        const found = await allBrokers(`${dimension}=${encodeURIComponent(key)}`);
        expect(ids(found), key).toEqual(ids(brokers.filter((b) => keyOf(b) === key)));
        return found.length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(brokers.length);
    const two = keys.slice(0, 2).map((key) => `${dimension}=${encodeURIComponent(key)}`);
    const both = brokers.filter((b) => keys.slice(0, 2).includes(keyOf(b)));
    expect(ids(await allBrokers(two.join("&")))).toEqual(ids(both));
    expect(await allBrokers(`${dimension}=nobody`)).toEqual([]);
    expect(ids(await allBrokers(`${dimension}=`))).toEqual(ids(brokers));
  });

  it("find a text in names, ids, accounts, owners and tags, and nothing of the notation of tags", async () => {
    const naive = (b: BrokerItem, q: string) =>
      [b.name, b.id, b.accountId, b.accountName, b.owner?.displayName, ...Object.entries(b.tags).flat()].some((text) =>
        text?.toLowerCase().includes(q.toLowerCase()),
      );
    const odd = brokers.flatMap((b) => Object.values(b.tags)).filter((value) => /["\\<=@%_']|[^ -~]/.test(value));
    expect(odd.length).toBeGreaterThan(2);
    for (const q of [
      "pay",
      "PAYMENTS",
      "3333",
      "_",
      "%",
      "\\",
      '"',
      "{",
      '": "',
      "sre",
      ...odd.map((value) => value.slice(0, 150)),
    ]) {
      const found = await allBrokers(`q=${encodeURIComponent(q)}`);
      expect(ids(found), q).toEqual(ids(brokers.filter((b) => naive(b, q))));
    }
  });

  it("narrow together, and total counts what the cut leaves", async () => {
    const page = brokerPage.parse(
      await api.get("/api/v1/brokers?limit=2&account=222233334444&engine=ACTIVEMQ&environment=production&q=pay"),
    );
    const wanted = brokers.filter(
      (b) => b.accountId === "222233334444" && b.engine === "ACTIVEMQ" && b.environment === "production",
    );
    expect(page.total).toBeLessThanOrEqual(wanted.length);
    expect(page.items.every((b) => wanted.some(({ id }) => id === b.id))).toBe(true);
  });
});

describe("filters of findings", () => {
  it("find by the id of an advisory what names it, alone or among others", async () => {
    const shared = findings.find(({ discriminator }) => discriminator === SHARED_ADVISORIES);
    const { evidence } = findingDetail.parse(await api.get(`/api/v1/findings/${shared?.id}`));
    const [id] = z.array(z.string()).min(1).parse(evidence.advisories);
    const found = await allFindings(`q=${id}`);
    expect(ids(found)).toContain(String(shared?.id));
    expect(found.length).toBeLessThan(findings.length);
    expect(await allFindings("q=CVE-1999-0001")).toEqual([]);
  });

  it("know every property that the contract names", () => {
    expect(Object.keys(NAIVE_FINDING).sort()).toEqual([...FINDING_PROPERTIES].sort());
  });

  it.each(Object.entries(NAIVE_FINDING))(
    "%s agrees with a look at every finding, by every operator",
    async (name, property) => {
      const pool = name === "state" || name === "closeCause" ? everyFinding : findings;
      await Promise.all(
        questions(name, property, everyFinding).map(async (question) => {
          const wanted = pool.filter((f) => naiveMatch(property, question, f));
          expect(await idsOf("findings", search(question)), formatFilterToken(question)).toEqual(ids(wanted));
        }),
      );
    },
  );

  it("agree with what brokers say of themselves", () => {
    for (const broker of brokers) {
      const own = findings.filter((f) => f.brokerId === broker.id);
      expect(own.length, broker.name).toBe(broker.openFindings);
      const ranks = own.map((f) => ["low", "medium", "high", "critical"].indexOf(f.severity));
      expect(Math.max(-1, ...ranks), broker.name).toBe(
        ["low", "medium", "high", "critical"].indexOf(broker.worstSeverity ?? ""),
      );
    }
  });
});

describe("findings about accounts and configurations", () => {
  const about = (type: string) => findings.filter(({ subjectType }) => subjectType === type);

  it("are listed beside those of brokers, with the subject's own name and no broker", () => {
    for (const type of ["account", "configuration"]) {
      expect(about(type).length, type).toBeGreaterThan(0);
      for (const finding of about(type)) {
        expect(finding).toMatchObject({ brokerId: null, brokerName: null });
        expect(finding.subjectName).not.toBe("");
      }
    }
    expect(about("account").every(({ subjectKey, accountId }) => subjectKey === accountId)).toBe(true);
    expect(about("configuration").every(({ owner }) => owner === null)).toBe(true);
  });

  it("have a page, and count in the catalogue in their own unit", async () => {
    const [finding] = about("configuration");
    const detail = findingDetail.parse(await api.get(`/api/v1/findings/${finding?.id}`));
    expect(detail).toMatchObject({ replacement: null, rule: { id: "configuration-in-use" } });
    const { items } = ruleList.parse(await api.get("/api/v1/rules"));
    const of = (id: string) => items.find((rule) => rule.id === id);
    expect(of("configuration-in-use")?.subject).toBe("configuration");
    expect(of("configuration-in-use")?.openFindings).toBe(about("configuration").length);
    const { counts } = of("account-has-default-owner") ?? {};
    expect((counts?.pass ?? 0) + (counts?.fail ?? 0) + (counts?.unknown ?? 0) + (counts?.notApplicable ?? 0)).toBe(
      accountList.parse(await api.get("/api/v1/accounts")).total,
    );
  });
});

function asToken(property: string, operator: FilterToken["operator"], value: string): FilterToken {
  return { property, operator, value };
}
