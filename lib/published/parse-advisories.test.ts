import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { matchAdvisory } from "@/lib/lifecycle/advisory-match";
import { engineOfPackage, rangeOfWords } from "./advisory-versions";
import { parseAdvisories } from "./parse-advisories";

const ORIGIN = { source: "https://api.osv.dev/v1/vulns/X", verified: true, checkedOn: parsePlainDate("2026-11-21") };
const parse = (json: unknown) => parseAdvisories(json, ORIGIN);

/** Shape of https://api.osv.dev/v1/vulns/GHSA-crg9-44h2-xw35, cut. */
const OSV = {
  id: "GHSA-crg9-44h2-xw35",
  summary: "Apache ActiveMQ is vulnerable to Remote Code Execution",
  details: "The Java OpenWire protocol marshaller is vulnerable.",
  aliases: ["CVE-2026-99001"],
  modified: "2026-10-22T20:32:54Z",
  published: "2026-10-20T15:30:20Z",
  database_specific: { github_reviewed: true, severity: "CRITICAL", cwe_ids: ["CWE-502"] },
  references: [{ type: "ADVISORY", url: "https://nvd.nist.gov/vuln/detail/CVE-2026-99001" }],
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H" }],
  affected: [
    {
      package: { ecosystem: "Maven", name: "org.apache.activemq:activemq-broker", purl: "pkg:maven/x" },
      ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "5.18.9" }] }],
      database_specific: { source: "https://github.com/github/advisory-database" },
    },
    {
      package: { ecosystem: "Maven", name: "org.apache.activemq:activemq-openwire-legacy" },
      ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "5.19.0" }, { last_affected: "5.19.2" }] }],
      versions: ["5.19.0", "5.19.1", "5.19.2"],
    },
    {
      package: { ecosystem: "Maven", name: "org.apache.activemq:artemis-server" },
      ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "2.31.0" }] }],
    },
  ],
  schema_version: "1.7.0",
};

/** Shape of https://docs.github.com/en/rest/security-advisories/global-advisories, cut. */
const GITHUB = {
  ghsa_id: "GHSA-v9gv-xp36-jgj8",
  cve_id: "CVE-2026-99002",
  html_url: "https://github.com/advisories/GHSA-v9gv-xp36-jgj8",
  summary: "RabbitMQ HTTP API lets users delete queues",
  description: "…",
  type: "reviewed",
  severity: "medium",
  published_at: "2026-11-01T22:00:00Z",
  withdrawn_at: null,
  cvss: { vector_string: "CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:N/I:N/A:H", score: 4.9 },
  vulnerabilities: [
    {
      package: { ecosystem: "other", name: "rabbitmq-server" },
      vulnerable_version_range: ">= 4.2.0, < 4.2.11",
      first_patched_version: "4.2.11",
    },
    {
      package: { ecosystem: "other", name: "rabbitmq-server" },
      vulnerable_version_range: "<= 3.13.7",
      first_patched_version: null,
    },
  ],
};

describe("parseAdvisories", () => {
  it("reads an advisory of OSV: the CVE's id, both ranges, the publisher's word, no score", () => {
    const { advisories, refused } = parse(OSV);
    expect(refused).toEqual([]);
    expect(advisories).toMatchObject([
      {
        id: "CVE-2026-99001",
        aliases: ["GHSA-crg9-44h2-xw35"],
        engine: "ACTIVEMQ",
        severity: "critical",
        severityText: "critical (OSV)",
        cvss: null,
        affected: [
          { introduced: null, introducedInclusive: true, fixed: "5.18.9" },
          { introduced: "5.19.0", introducedInclusive: true, fixed: "5.19.3" },
        ],
        fixedVersions: ["5.18.9"],
        publishedOn: "2026-10-20",
        appliesToAmazonMq: true,
        kev: { listed: null },
        source: ORIGIN.source,
      },
    ]);
    expect(advisories[0]?.notes).toContain("Artemis");
  });

  it("reads an advisory of GitHub with the score that it states", () => {
    const { advisories } = parse([GITHUB]);
    expect(advisories).toMatchObject([
      {
        id: "CVE-2026-99002",
        engine: "RABBITMQ",
        severity: "medium",
        cvss: { version: "3.1", score: 4.9 },
        affected: [
          { introduced: null, fixed: "3.13.8" },
          { introduced: "4.2.0", fixed: "4.2.11" },
        ],
        fixedVersions: ["4.2.11"],
      },
    ]);
  });

  it("matches what it read against running versions", () => {
    const [activemq] = parse(OSV).advisories;
    const [rabbitmq] = parse(GITHUB).advisories;
    if (!activemq || !rabbitmq) throw new Error("not read");
    const on = parsePlainDate("2026-11-21");
    const outcome = (advisory: typeof activemq, engine: string, version: string) =>
      matchAdvisory(advisory, { engine, version, on }).outcome;
    expect(outcome(activemq, "ACTIVEMQ", "5.18.8")).toBe("affected");
    expect(outcome(activemq, "ACTIVEMQ", "5.19.2")).toBe("affected");
    expect(outcome(activemq, "ACTIVEMQ", "5.19.3")).toBe("not-affected");
    expect(outcome(rabbitmq, "RABBITMQ", "3.13.7")).toBe("affected");
    expect(outcome(rabbitmq, "RABBITMQ", "4.2.11")).toBe("not-affected");
    expect(outcome(rabbitmq, "RABBITMQ", "4.2")).toBe("unknown-patch");
  });

  it("leaves a range without an end open", () => {
    const ranges = [{ type: "ECOSYSTEM", events: [{ introduced: "5.17.0" }] }];
    const { advisories } = parse({ ...OSV, affected: [{ ...OSV.affected[0], ranges }] });
    expect(advisories[0]).toMatchObject({ affected: [{ introduced: "5.17.0", fixed: null }], fixedVersions: [] });
    const [advisory] = advisories;
    if (!advisory) throw new Error("not read");
    const input = { engine: "ACTIVEMQ", version: "5.19.9", on: parsePlainDate("2026-11-21") };
    expect(matchAdvisory(advisory, input)).toMatchObject({ outcome: "affected", fixOptions: [] });
  });

  it("reads OSV's answer to a query", () => {
    expect(parse({ vulns: [OSV] }).advisories).toHaveLength(1);
  });

  it("has no severity where the publisher gave none", () => {
    expect(parse({ ...OSV, database_specific: {} }).advisories[0]).toMatchObject({
      severity: "unrated",
      severityText: null,
      cvss: null,
    });
    expect(parse({ ...GITHUB, severity: "unknown", cvss: { score: 0 } }).advisories[0]).toMatchObject({
      severity: "unrated",
      cvss: null,
    });
  });

  it("knows that Amazon MQ never offered ActiveMQ 6", () => {
    const ranges = [{ type: "ECOSYSTEM", events: [{ introduced: "6.0.0" }, { fixed: "6.1.7" }] }];
    expect(parse({ ...OSV, affected: [{ ...OSV.affected[0], ranges }] }).advisories[0]?.appliesToAmazonMq).toBe(false);
  });

  const affected = (pkg: { ecosystem: string; name: string }, ranges: object[]) => ({
    ...OSV,
    affected: [{ package: pkg, ranges }],
  });
  const ECOSYSTEM = [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "5.18.9" }] }];
  it.each([
    ["a distribution's package", affected({ ecosystem: "Debian:12", name: "rabbitmq-server" }, ECOSYSTEM), "neither"],
    ["a client", affected({ ecosystem: "npm", name: "amqplib" }, ECOSYSTEM), "neither"],
    ["Artemis", affected({ ecosystem: "Maven", name: "org.apache.activemq:artemis-cli" }, ECOSYSTEM), "Artemis"],
    [
      "commits",
      affected({ ecosystem: "Maven", name: "org.apache.activemq:activemq-all" }, [
        { type: "GIT", events: [{ introduced: "0" }, { fixed: "ab12" }] },
      ]),
      "commits",
    ],
    [
      "a version that is none",
      affected({ ecosystem: "Bitnami", name: "rabbitmq" }, [{ type: "SEMVER", events: [{ introduced: "master" }] }]),
      "cannot be read",
    ],
    ["a withdrawn advisory", { ...OSV, withdrawn: "2026-11-02T00:00:00Z" }, "withdrew it on 2026-11-02"],
    ["an advisory without a day", { ...OSV, published: null }, "no date of publication"],
    ["no versions", { ...GITHUB, vulnerabilities: [] }, "names no package"],
  ])("refuses %s with the reason", (_what, json, why) => {
    const { advisories, refused } = parse([json]);
    expect(advisories).toEqual([]);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toContain(why);
  });

  it("takes the readable of a mixed list and tells the rest", () => {
    const { advisories, refused } = parse([OSV, { cve: "x" }, OSV]);
    expect(advisories).toHaveLength(1);
    expect(refused.map(({ what }) => what)).toEqual(["entry 2", "CVE-2026-99001"]);
  });

  it.each([[[]], [{}], ["text"], [null], [[{ a: 1 }]]])("refuses %j as a whole", (json) => {
    expect(() => parse(json)).toThrow(/advisories/);
  });
});

describe("rangeOfWords", () => {
  it.each([
    [">= 5.17.0, < 5.17.6", { introduced: "5.17.0", introducedInclusive: true, fixed: "5.17.6" }],
    ["< 5.15", { introduced: null, introducedInclusive: true, fixed: "5.15.0" }],
    ["<= 5.16.6", { introduced: null, introducedInclusive: true, fixed: "5.16.7" }],
    ["> 3.8.0, <= 3.8.9", { introduced: "3.8.0", introducedInclusive: false, fixed: "3.8.10" }],
    ["= 3.8.1", { introduced: "3.8.1", introducedInclusive: true, fixed: "3.8.2" }],
    [">= 4.0.0-beta.1", { introduced: "4.0.0", introducedInclusive: true, fixed: null }],
    ["<= 4.0.0-rc.1", { introduced: null, introducedInclusive: true, fixed: "4.0.0" }],
    [">= 0", { introduced: null, introducedInclusive: true, fixed: null }],
  ])("%s", (words, range) => expect(rangeOfWords(words)).toEqual(range));

  it.each(["", "all", "5.18", ">= 5.x", "< 5.18 or later"])("does not guess at %j", (words) =>
    expect(rangeOfWords(words)).toBeUndefined(),
  );
});

describe("engineOfPackage", () => {
  it.each([
    ["maven", "org.apache.activemq:apache-activemq", "ACTIVEMQ"],
    ["Maven", "org.apache.activemq:activemq-client", "ACTIVEMQ"],
    ["Bitnami", "activemq", "ACTIVEMQ"],
    ["Bitnami", "rabbitmq", "RABBITMQ"],
    ["", "rabbitmq/rabbitmq-server", "RABBITMQ"],
  ])("%s %s is %s", (ecosystem, name, engine) => expect(engineOfPackage(ecosystem, name)).toEqual({ engine }));

  it.each([
    ["Maven", "com.rabbitmq:amqp-client"],
    ["Maven", "org.apache.camel:camel-activemq"],
    ["Alpine:v3.20", "rabbitmq-server"],
    ["Go", "github.com/rabbitmq/cluster-operator"],
  ])("%s %s is none", (ecosystem, name) => expect(engineOfPackage(ecosystem, name)).toHaveProperty("reason"));
});
