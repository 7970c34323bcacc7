import { describe, expect, it } from "vitest";
import { accountsOf, draftProblems, EMPTY_DRAFT, withExternalId, withRole } from "./connect-draft";

const CURRENT = "111111111111";
const server = { accountId: CURRENT, partition: "aws" };
const role = {
  ...EMPTY_DRAFT,
  way: "role" as const,
  roleArn: "arn:aws:iam::222222222222:role/Reader",
  externalId: "x-1",
};

describe("connecting the current account", () => {
  it("needs no role", () => {
    expect(accountsOf(EMPTY_DRAFT, server)).toMatchObject([{ accountId: CURRENT, roleArn: null, externalId: null }]);
    expect(draftProblems(EMPTY_DRAFT, server)).toEqual({});
  });
  it("is not possible without credentials", () =>
    expect(draftProblems(EMPTY_DRAFT, { ...server, accountId: null })).toHaveProperty("way"));
});

describe("connecting by role", () => {
  it("takes the account from the role", () => {
    expect(accountsOf(role, server)).toMatchObject([{ accountId: "222222222222", externalId: "x-1" }]);
    expect(draftProblems(role, server)).toEqual({});
  });
  it.each([
    ["", "accountId"],
    ["arn:aws:iam::222222222222:user/x", "roleArn"],
    ["role/Reader", "roleArn"],
  ])("refuses %j as role ARN", (roleArn, field) => {
    expect(draftProblems({ ...role, roleArn }, server)).toHaveProperty(field);
  });
  it("refuses a role of another account than the one entered", () => {
    expect(draftProblems({ ...role, accountId: "333333333333" }, server)).toHaveProperty("roleArn");
  });
});

describe("connecting accounts of the organization", () => {
  const organization = {
    ...EMPTY_DRAFT,
    way: "organization" as const,
    externalId: "x-1",
    chosen: [
      { accountId: CURRENT, name: "Management" },
      { accountId: "222222222222", name: "Orders" },
    ],
  };
  it("reads others by the role of that name and the own account without", () => {
    expect(accountsOf(organization, server)).toMatchObject([
      { accountId: CURRENT, roleArn: null, externalId: null },
      {
        accountId: "222222222222",
        name: "Orders",
        roleArn: "arn:aws:iam::222222222222:role/mq-steward-read-only",
        externalId: "x-1",
      },
    ]);
  });
  it("needs a choice and a role name", () => {
    expect(draftProblems({ ...organization, chosen: [] }, server)).toHaveProperty("chosen");
    expect(draftProblems({ ...organization, roleName: " " }, server)).toHaveProperty("roleArn");
  });
});

it("puts the entered external id into the trust policy wherever the suggested one stands", () => {
  const policy = {
    Statement: [{ Condition: { StringEquals: { "sts:ExternalId": "suggested" } } }],
    Version: "2012-10-17",
  };
  expect(withExternalId(policy, "suggested", "mine")).toEqual({
    Statement: [{ Condition: { StringEquals: { "sts:ExternalId": "mine" } } }],
    Version: "2012-10-17",
  });
  expect(withExternalId(policy, "suggested", "")).toBe(policy);
});

describe("the policy of the server's identity", () => {
  const policy = (partition: string) => ({
    Statement: [{ Action: ["sts:AssumeRole"], Resource: `arn:${partition}:iam::*:role/mq-steward-read-only` }],
  });
  const resources = (document: unknown) => JSON.stringify(document).match(/"arn:[^"]+"/g);

  it("allows the one role that was entered", () => {
    expect(resources(withRole(policy("aws"), role, server))).toEqual([`"${role.roleArn}"`]);
  });
  it("allows, for an organization, the roles of the entered name in every account", () => {
    const organization = { ...EMPTY_DRAFT, way: "organization" as const, roleName: "Reader" };
    expect(resources(withRole(policy("aws-cn"), organization, { ...server, partition: "aws-cn" }))).toEqual([
      '"arn:aws-cn:iam::*:role/Reader"',
    ]);
    expect(resources(withRole(policy("aws"), { ...organization, roleName: EMPTY_DRAFT.roleName }, server))).toEqual([
      '"arn:aws:iam::*:role/mq-steward-read-only"',
    ]);
  });
});

it("names roles of an organization in the partition of the server", () => {
  const chosen = [{ accountId: "222222222222", name: "Orders" }];
  const draft = { ...EMPTY_DRAFT, way: "organization" as const, chosen };
  expect(accountsOf(draft, { ...server, partition: "aws-us-gov" })[0]?.roleArn).toBe(
    "arn:aws-us-gov:iam::222222222222:role/mq-steward-read-only",
  );
});
