import { z } from "zod";
import { instant } from "@/lib/contracts/common";

const accountId = z.string().regex(/^\d{12}$/, "an AWS account id has 12 digits");

export const accountItem = z
  .object({
    accountId: z.string(),
    name: z.string().nullable(),
    origin: z.string(),
    roleArn: z.string().nullable(),
    externalIdSet: z.boolean(),
    regions: z.array(z.string()).meta({ description: "Empty: all regions where Amazon MQ exists" }),
    defaultEnvironment: z.string().nullable(),
    defaultOwnerKey: z.string().nullable(),
    readCosts: z.boolean(),
    enabled: z.boolean(),
    addedAt: instant,
    brokers: z.number().int(),
    scopes: z.number().int().meta({ description: "Sources and regions ever tried; 0: never read" }),
    problems: z
      .array(
        z.object({
          source: z.string(),
          region: z.string(),
          status: z.string(),
          message: z.string().nullable(),
          wayOut: z.string().nullable(),
        }),
      )
      .meta({ description: "Those whose last read did not bring everything" }),
  })
  .meta({ id: "Account" });
export type AccountItem = z.infer<typeof accountItem>;

export const accountList = z
  .object({ items: z.array(accountItem), total: z.number().int(), asOf: instant, allRegions: z.array(z.string()) })
  .meta({ id: "AccountList" });
const accountFields = z.object({
  accountId,
  name: z.string().trim().max(100).nullish(),
  roleArn: z
    .string()
    .regex(/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "not the ARN of an IAM role")
    .nullish(),
  externalId: z.string().max(1224).nullish(),
  regions: z.array(z.string()).max(60),
  defaultEnvironment: z.enum(["production", "staging", "test", "development", "sandbox"]).nullish(),
  defaultOwner: z.string().trim().max(200).nullish(),
  readCosts: z.boolean(),
  enabled: z.boolean(),
});
export const accountInput = accountFields
  .extend({
    regions: accountFields.shape.regions.default([]),
    readCosts: accountFields.shape.readCosts.default(true),
    enabled: accountFields.shape.enabled.default(true),
  })
  .meta({ id: "AccountInput" });
export type AccountInput = z.infer<typeof accountInput>;
/** Without defaults: what a patch leaves out stays as it is. */
export const accountPatch = accountFields.omit({ accountId: true }).partial().meta({ id: "AccountPatch" });

export const accessReport = z
  .object({
    ok: z.boolean(),
    accountId: z.string().nullable(),
    arn: z.string().nullable(),
    message: z.string().nullable(),
    wayOut: z.string().nullable(),
    checks: z.array(
      z.object({
        action: z.string(),
        allowed: z.boolean().nullable(),
        message: z.string().nullable(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: "AccessReport" });
/** POST /accounts/test-access: an account as typed in, before it is saved; without a role the ambient credentials. */
export const accessTestInput = z.object({
  accountId: accountId.optional(),
  roleArn: z.string().nullish(),
  externalId: z.string().nullish(),
  region: z.string().optional(),
});
export const discoveredAccounts = z
  .object({
    available: z.boolean(),
    message: z.string().nullable(),
    wayOut: z.string().nullable(),
    items: z.array(
      z.object({
        accountId: z.string(),
        name: z.string(),
        email: z.string().nullable(),
        status: z.string(),
        isManagement: z.boolean(),
        connected: z.boolean(),
      }),
    ),
  })
  .meta({ id: "DiscoveredAccounts" });
/** Name suggested for the role in the accounts that are read. */
export const SUGGESTED_ROLE_NAME = "mq-steward-read-only";

export const policyDocuments = z
  .object({
    policy: z.unknown().meta({
      description: "Permissions policy of the role, or of the server's own identity where its account is read",
    }),
    trustPolicy: z.unknown().meta({ description: "Trust policy of a role in another account" }),
    homePolicy: z.unknown().meta({
      description:
        "Permissions policy of the identity this server runs with, which lets it assume the roles of other accounts",
    }),
    suggestedExternalId: z.string(),
    principalAccountId: z
      .string()
      .nullable()
      .meta({ description: "Account of the server's identity; null without credentials" }),
    principalArn: z.string().nullable().meta({ description: "The server's identity; null without credentials" }),
    partition: z.string().meta({ description: "aws, aws-cn, aws-us-gov: what its ARNs begin with" }),
    actions: z.array(
      z.object({
        action: z.string(),
        reason: z.string(),
        where: z.enum(["account", "home"]).meta({ description: "account: in policy; home: in homePolicy" }),
      }),
    ),
  })
  .meta({ id: "PolicyDocuments" });
