import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { homePolicy, NOTIFICATION_ACTION, POLICY_ACTIONS, readOnlyPolicy, trustPolicy } from "./policy";

/** IAM's prefix of each SDK client package. */
const PREFIXES: Readonly<Record<string, string>> = {
  "@aws-sdk/client-mq": "mq",
  "@aws-sdk/client-sts": "sts",
  "@aws-sdk/client-cost-explorer": "ce",
  "@aws-sdk/client-cloudwatch": "cloudwatch",
  "@aws-sdk/client-organizations": "organizations",
  "@aws-sdk/client-sns": "sns",
};

/** Every action whose SDK command is imported, or which is named as a wire operation, anywhere in this room's code. */
function actionsOfTheCode(): string[] {
  const room = fileURLToPath(new URL(".", import.meta.url));
  const actions = new Set<string>();
  for (const file of readdirSync(room, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts") || file.startsWith("testing/")) continue;
    const source = readFileSync(`${room}${file}`, "utf8");
    for (const [, names = "", module = ""] of source.matchAll(
      /import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"(@aws-sdk\/[^"]+)"/g,
    )) {
      const prefix = PREFIXES[module];
      for (const name of names.split(",").map((part) => part.trim())) {
        const operation = /^(\w+)Command$/.exec(name)?.[1];
        if (operation) actions.add(`${prefix ?? module}:${operation}`);
      }
    }
    for (const [, action = ""] of source.matchAll(/wireOperation\("([^"]*)"\)/g)) actions.add(action);
    // An operation that is not written out would be hidden from this test.
    if (!file.endsWith("wire-services.ts")) expect(source).not.toMatch(/wireOperation\((?!")/);
    // A namespace or default import would hide commands from this test.
    expect(source).not.toMatch(/import\s+(\*\s+as\s+)?\w+\s+from\s+"@aws-sdk\/client-/);
    expect(source).not.toMatch(/(require|import)\(\s*"@aws-sdk\/client-/);
  }
  return [...actions].sort();
}

const listed = POLICY_ACTIONS.map(({ action }) => action).sort();

describe("the IAM policy", () => {
  it("allows exactly the operations the code calls", () => {
    expect(actionsOfTheCode().filter((action) => action !== NOTIFICATION_ACTION)).toEqual(listed);
  });

  it("leaves out the one action that writes, which a channel of notifications needs", () => {
    expect(actionsOfTheCode()).toContain(NOTIFICATION_ACTION);
    expect(JSON.stringify([readOnlyPolicy(), homePolicy()])).not.toContain("sns:");
  });

  it("has only actions that read", () => {
    const changing = listed.filter((action) => !/:(Get|List|Describe|Lookup)\w+$/.test(action));
    expect(changing).toEqual(["sts:AssumeRole"]);
  });

  it("gives a reason for each action, and names each once", () => {
    for (const { reason } of POLICY_ACTIONS) expect(reason.length).toBeGreaterThan(20);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("spreads all actions over the account's policy and the home policy, no wildcard in any", () => {
    const actions = [...readOnlyPolicy().Statement, ...homePolicy().Statement].flatMap(({ Action }) => Action);
    expect([...actions].sort()).toEqual(listed);
    expect(JSON.stringify(actions)).not.toContain("*");
  });

  it("lets the home account assume only roles of the suggested name", () => {
    expect(homePolicy().Statement[0]?.Resource).toBe("arn:aws:iam::*:role/mq-steward-read-only");
    expect(homePolicy({ partition: "aws-cn", roleName: "x" }).Statement[0]?.Resource).toBe("arn:aws-cn:iam::*:role/x");
  });

  it("trusts one account, and only with the external id", () => {
    expect(trustPolicy({ principalAccountId: "111122223333", externalId: "e-1" }).Statement).toEqual([
      {
        Sid: "MqStewardAssumes",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "e-1" } },
      },
    ]);
  });
});
