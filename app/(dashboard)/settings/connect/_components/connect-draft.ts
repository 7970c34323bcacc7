import type { z } from "zod";
import type { AccountOptionsValue } from "@/components/account/account-options";
import { accountInput } from "@/lib/contracts/accounts";

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

export const EMPTY_DRAFT: ConnectDraft = {
  way: "current",
  name: "",
  accountId: "",
  roleArn: "",
  externalId: "",
  roleName: "mq-steward-read-only",
  chosen: [],
  options: { regions: [], defaultEnvironment: "", defaultOwner: "", readCosts: true },
};

/** The role that an account of the organization is read by. Empty for the account the credentials belong to: no role is needed there. */
function organizationRole(accountId: string, roleName: string, current: string | null): string | null {
  return accountId === current ? null : `arn:aws:iam::${accountId}:role/${roleName.trim()}`;
}

/** The accounts as they will be sent. `current` is the account of the server's own credentials, null when there are none. */
export function accountsOf(draft: ConnectDraft, current: string | null): AccountInputDraft[] {
  const { options } = draft;
  const shared = {
    regions: [...options.regions],
    defaultEnvironment: environmentOf(options.defaultEnvironment),
    defaultOwner: options.defaultOwner.trim() || null,
    readCosts: options.readCosts,
  };
  if (draft.way === "current")
    return [{ ...shared, accountId: current ?? "", name: draft.name.trim() || null, roleArn: null, externalId: null }];
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
    const roleArn = organizationRole(accountId, draft.roleName, current);
    return { ...shared, accountId, name, roleArn, externalId: roleArn ? draft.externalId || null : null };
  });
}

/** What is wrong with the draft, by field; empty when it can be sent. */
export function draftProblems(draft: ConnectDraft, current: string | null): Partial<Record<string, string>> {
  if (draft.way === "current" && current === null)
    return { way: "This server has no AWS credentials, so there is no current account." };
  if (draft.way === "organization" && draft.chosen.length === 0) return { chosen: "Choose at least one account." };
  const problems: Partial<Record<string, string>> = {};
  for (const account of accountsOf(draft, current)) {
    const parsed = accountInput.safeParse(account);
    for (const { path, message } of parsed.success ? [] : parsed.error.issues) problems[String(path[0])] ??= message;
  }
  const [first] = accountsOf(draft, current);
  if (draft.way === "role" && first && !problems.roleArn && !first.roleArn?.includes(`::${first.accountId}:`)) {
    problems.roleArn = "The role belongs to another account than the one entered.";
  }
  return problems;
}

/** The trust policy with the external id that was entered instead of the suggested one. */
export function withExternalId(trustPolicy: unknown, suggested: string, entered: string): unknown {
  if (entered === "" || entered === suggested) return trustPolicy;
  return JSON.parse(JSON.stringify(trustPolicy), (_, value: unknown) => (value === suggested ? entered : value));
}

function environmentOf(text: string): AccountInputDraft["defaultEnvironment"] {
  const parsed = accountInput.shape.defaultEnvironment.safeParse(text);
  return parsed.success ? parsed.data : null;
}
