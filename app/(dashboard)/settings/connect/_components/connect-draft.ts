import type { z } from "zod";
import type { AccountOptionsValue } from "@/components/account/account-options";
import { accountInput, SUGGESTED_ROLE_NAME } from "@/lib/contracts/accounts";

export type ConnectWay = "current" | "role" | "organization";

/** What has been entered in the wizard so far. */
export interface ConnectDraft {
  way: ConnectWay;
  name: string;
  accountId: string;
  roleArn: string;
  externalId: string;
  /** Name of the role in every account of the organization. */
  roleName: string;
  chosen: readonly { accountId: string; name: string }[];
  options: AccountOptionsValue;
}

export type AccountInputDraft = z.input<typeof accountInput>;

/** Whose credentials the server has. */
export interface ServerIdentity {
  /** Null when it has none. */
  accountId: string | null;
  /** aws, aws-cn, aws-us-gov: what its ARNs begin with. */
  partition: string;
}

export const EMPTY_DRAFT: ConnectDraft = {
  way: "current",
  name: "",
  accountId: "",
  roleArn: "",
  externalId: "",
  roleName: SUGGESTED_ROLE_NAME,
  chosen: [],
  options: { regions: [], defaultEnvironment: "", defaultOwner: "", readCosts: true },
};

function roleArnOf(accountId: string, roleName: string, { partition }: ServerIdentity): string {
  return `arn:${partition}:iam::${accountId}:role/${roleName.trim()}`;
}

/** The accounts as they will be sent. The server's own account is read without a role. */
export function accountsOf(draft: ConnectDraft, server: ServerIdentity): AccountInputDraft[] {
  const { options } = draft;
  const shared = {
    regions: [...options.regions],
    defaultEnvironment: environmentOf(options.defaultEnvironment),
    defaultOwner: options.defaultOwner.trim() || null,
    readCosts: options.readCosts,
  };
  if (draft.way === "current")
    return [
      {
        ...shared,
        accountId: server.accountId ?? "",
        name: draft.name.trim() || null,
        roleArn: null,
        externalId: null,
      },
    ];
  if (draft.way === "role") {
    const roleArn = draft.roleArn.trim();
    const ofRole = /^arn:[\w-]+:iam::(\d{12}):/.exec(roleArn)?.[1];
    return [
      {
        ...shared,
        accountId: draft.accountId.trim() || (ofRole ?? ""),
        name: draft.name.trim() || null,
        roleArn,
        externalId: draft.externalId || null,
      },
    ];
  }
  return draft.chosen.map(({ accountId, name }) => {
    const roleArn = accountId === server.accountId ? null : roleArnOf(accountId, draft.roleName, server);
    return { ...shared, accountId, name, roleArn, externalId: roleArn ? draft.externalId || null : null };
  });
}

/** What is wrong with the draft, by field; empty when it can be sent. */
export function draftProblems(draft: ConnectDraft, server: ServerIdentity): Partial<Record<string, string>> {
  if (draft.way === "current" && server.accountId === null)
    return { way: "This server has no AWS credentials, so there is no current account." };
  if (draft.way === "organization" && draft.chosen.length === 0) return { chosen: "Choose at least one account." };
  const problems: Partial<Record<string, string>> = {};
  for (const account of accountsOf(draft, server)) {
    const parsed = accountInput.safeParse(account);
    for (const { path, message } of parsed.success ? [] : parsed.error.issues) problems[String(path[0])] ??= message;
  }
  const [first] = accountsOf(draft, server);
  if (draft.way === "role" && first && !problems.roleArn && !first.roleArn?.includes(`::${first.accountId}:`)) {
    problems.roleArn = "The role belongs to another account than the one entered.";
  }
  return problems;
}

/** The trust policy with the external id that was entered instead of the suggested one. */
export function withExternalId(trustPolicy: unknown, suggested: string, entered: string): unknown {
  return entered === "" ? trustPolicy : withText(trustPolicy, suggested, entered);
}

/** The policy of the server's identity with the role that was entered, or roles of the name that was, instead of those of the suggested name. */
export function withRole(homePolicy: unknown, draft: ConnectDraft, server: ServerIdentity): unknown {
  const entered = draft.way === "role" ? draft.roleArn.trim() : roleArnOf("*", draft.roleName, server);
  return withText(homePolicy, roleArnOf("*", SUGGESTED_ROLE_NAME, server), entered);
}

/** A document with one text instead of another wherever that is a value. */
function withText(document: unknown, from: string, to: string): unknown {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) => (value === from ? to : value));
}

function environmentOf(text: string): AccountInputDraft["defaultEnvironment"] {
  const parsed = accountInput.shape.defaultEnvironment.safeParse(text);
  return parsed.success ? parsed.data : null;
}
