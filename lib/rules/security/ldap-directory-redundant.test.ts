import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { ldapDirectoryRedundant as rule } from "@/lib/rules/security/ldap-directory-redundant";
import { buildBroker, exemplaryAttributes } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const { ldap } = exemplaryAttributes("ACTIVEMQ");

it("does not take the same host named twice for two", () => {
  if (!ldap) throw new Error("the exemplary broker has a directory");
  const broker = buildBroker({ attributes: { ldap: { ...ldap, hosts: ["a.example.com", "a.example.com"] } } });
  expect(evaluateRule(rule, broker, buildRuleContext()).kind).toBe("fail");
});
