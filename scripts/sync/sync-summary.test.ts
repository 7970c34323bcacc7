import { describe, expect, it } from "vitest";
import type { SyncDetail } from "@/lib/contracts/syncs";
import { summaryJson, summaryTable } from "./sync-summary";

type Outcome = SyncDetail["outcomes"][number];

function outcome(part: Partial<Outcome>): Outcome {
  return {
    source: "mq-brokers",
    sourceTitle: "Broker listing",
    accountId: "111122223333",
    accountName: null,
    region: "eu-west-1",
    status: "complete",
    itemCount: 0,
    expectedCount: null,
    requestCount: 1,
    errorCode: null,
    message: null,
    wayOut: null,
    failures: [],
    startedAt: null,
    finishedAt: null,
    ...part,
  };
}

function detail(outcomes: Outcome[]): Pick<SyncDetail, "sync" | "outcomes"> {
  return {
    sync: {
      id: 7,
      trigger: "command-line",
      status: "partial",
      phase: "done",
      asOf: "2026-11-21T12:00:00.000Z",
      startedAt: "2026-11-21T12:00:00.000Z",
      finishedAt: "2026-11-21T12:00:09.000Z",
      actor: "command-line",
      error: null,
      counts: { brokersSeen: 3 },
      requests: {},
      awsChargesUsd: "0.030000000000000000",
      outcomes: {},
    },
    outcomes,
  };
}

describe("the summary of a sync", () => {
  it("adds up each source and names nothing where everything was read", () => {
    const text = summaryTable(
      detail([outcome({ itemCount: 2 }), outcome({ region: "eu-west-2", status: "region-off", requestCount: 2 })]),
    );
    expect(text).toMatch(/Broker listing +1 complete, 1 region-off +2 +3\n/);
    expect(text).toContain("AWS charges for these requests: $0.03\n");
    expect(text).not.toContain("Not read in full");
  });

  it("tells a cause once for each account, with how much it stopped and the way out", () => {
    const down = { status: "failed", message: "AWS cannot be reached.", wayOut: "Check the network." } as const;
    const regions = ["eu-west-1", "eu-west-2", "us-east-1", "us-east-2"];
    const text = summaryTable(
      detail([
        ...regions.map((region) => outcome({ ...down, region })),
        outcome({ ...down, source: "mq-descriptions", sourceTitle: "Broker descriptions" }),
        outcome({ ...down, accountId: "444455556666" }),
      ]),
    );
    const problems = text.slice(text.indexOf("Not read in full:")).trim().split("\n");
    expect(problems).toEqual([
      "Not read in full:",
      "  Broker listing, Broker descriptions (111122223333, 4 regions): failed. AWS cannot be reached.",
      "    Way out: Check the network.",
      "  Broker listing (444455556666, eu-west-1): failed. AWS cannot be reached.",
      "    Way out: Check the network.",
    ]);
  });

  it("lists every incomplete outcome for machines, costs by resource that are switched off excepted", () => {
    const failed = outcome({ status: "failed", message: "no" });
    const json = summaryJson(
      detail([failed, outcome({}), outcome({ source: "cost-resources", status: "unsupported" })]),
    );
    expect(json).toMatchObject({ id: 7, incomplete: [failed] });
  });
});
