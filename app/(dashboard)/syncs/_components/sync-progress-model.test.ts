import { expect, it } from "vitest";
import { progressByAccount, progressOf, type ScopeProgress } from "./sync-progress-model";

const scope = (accountId: string, region: string, part: Partial<ScopeProgress>): ScopeProgress => ({
  accountId,
  accountName: null,
  region,
  done: 0,
  total: 4,
  items: 0,
  running: false,
  problems: 0,
  ...part,
});
const quiet = scope("111111111111", "ap-east-1", { done: 4 });
const denied = scope("111111111111", "us-east-1", { done: 1, problems: 1 });
const reading = scope("222222222222", "eu-west-1", { done: 1, running: true });
const read = scope("222222222222", "eu-west-2", { done: 4, items: 5 });

it("counts what is over", () => {
  expect(progressOf([quiet, denied, reading, read])).toEqual({ done: 10, total: 16 });
  expect(progressOf([])).toEqual({ done: 0, total: 0 });
});

it("groups by account, and names the regions there is something to tell of", () => {
  expect(progressByAccount([quiet, denied, reading, read])).toEqual([
    { accountId: "111111111111", accountName: null, done: 5, total: 8, regions: [denied] },
    { accountId: "222222222222", accountName: null, done: 5, total: 8, regions: [reading, read] },
  ]);
});
