import { expect, it } from "vitest";
import type { SyncDetail } from "@/lib/contracts/syncs";
import { progressByAccount, progressOf } from "./sync-progress-model";

const outcome = (accountId: string, region: string, status: string, itemCount = 0): SyncDetail["outcomes"][number] => ({
  source: "mq-brokers",
  sourceTitle: "Broker listing",
  accountId,
  accountName: null,
  region,
  status,
  startedAt: null,
  finishedAt: null,
  itemCount,
  expectedCount: null,
  requestCount: 0,
  errorCode: null,
  message: null,
  wayOut: null,
  failures: [],
});
const outcomes = [
  outcome("222222222222", "eu-west-1", "complete", 5),
  outcome("222222222222", "eu-west-1", "running"),
  outcome("111111111111", "us-east-1", "denied"),
  outcome("111111111111", "ap-east-1", "region-off"),
  outcome("111111111111", "", "pending"),
];

it("counts what is over, however it ended", () => {
  expect(progressOf(outcomes)).toEqual({ done: 3, total: 5 });
});

it("groups by account and region in order, and tells problems from regions that are merely off", () => {
  expect(progressByAccount(outcomes)).toEqual([
    {
      accountId: "111111111111",
      accountName: null,
      regions: [
        { region: "ap-east-1", done: 1, total: 1, items: 0, running: false, problems: 0 },
        { region: "global", done: 0, total: 1, items: 0, running: false, problems: 0 },
        { region: "us-east-1", done: 1, total: 1, items: 0, running: false, problems: 1 },
      ],
    },
    {
      accountId: "222222222222",
      accountName: null,
      regions: [{ region: "eu-west-1", done: 1, total: 2, items: 5, running: true, problems: 0 }],
    },
  ]);
});
