import { describe, expect, it } from "vitest";
import { accountsOf, draftProblems, EMPTY_DRAFT, withExternalId } from "./connect-draft";

const CURRENT = "111111111111";
const role = {
  ...EMPTY_DRAFT,
  way: "role" as const,
  roleArn: "arn:aws:iam::222222222222:role/Reader",
  externalId: "x-1",
};

describe("connecting the current account", () => {
  it("needs no role", () => {
    expect(accountsOf(EMPTY_DRAFT, CURRENT)).toMatchObject([{ accountId: CURRENT, roleArn: null, externalId: null }]);
    expect(draftProblems(EMPTY_DRAFT, CURRENT)).toEqual({});
  });
  it("is not possible without credentials", () => expect(draftProblems(EMPTY_DRAFT, null)).toHaveProperty("way"));
});

describe("connecting by role", () => {
  it("takes the account from the role", () => {
    expect(accountsOf(role, CURRENT)).toMatchObject([{ accountId: "222222222222", externalId: "x-1" }]);
    expect(draftProblems(role, CURRENT)).toEqual({});
  });
  it.each([
    ["", "accountId"],
    ["arn:aws:iam::222222222222:user/x", "roleArn"],
    ["role/Reader", "roleArn"],
  ])("refuses %j as role ARN", (roleArn, field) => {
    expect(draftProblems({ ...role, roleArn }, CURRENT)).toHaveProperty(field);
  });
  it("refuses a role of another account than the one entered", () => {
    expect(draftProblems({ ...role, accountId: "333333333333" }, CURRENT)).toHaveProperty("roleArn");
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
    expect(accountsOf(organization, CURRENT)).toMatchObject([
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
    expect(draftProblems({ ...organization, chosen: [] }, CURRENT)).toHaveProperty("chosen");
    expect(draftProblems({ ...organization, roleName: " " }, CURRENT)).toHaveProperty("roleArn");
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
