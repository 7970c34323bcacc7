import { engineDisplayName } from "@/lib/domain/engine-version";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const productionCentralAuthentication = defineRule({
  id: "production-central-authentication",
  version: 1,
  title: "Production brokers ask a directory or identity provider",
  severity: "low",
  category: "security",
  rationale:
    "Users that live in the broker outlive the people and applications they were made for: nobody disables them with the account, and passwords never expire. " +
    "A directory (LDAP) or, for RabbitMQ, an identity provider (OAuth 2.0, LDAP, HTTP, certificates) ends access in one place.",
  remediation:
    "ActiveMQ: set authentication strategy LDAP with the directory's hosts and search bases. RabbitMQ: choose CONFIG_MANAGED and configure OAuth 2.0, LDAP, " +
    "HTTP or certificate authentication in the configuration. Both are applied with a reboot; try it in a lower environment.",
  references: [
    {
      kind: "aws",
      id: "Integrating ActiveMQ brokers with LDAP",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-authentication-authorization.html",
    },
  ],
  needs: ["engine", "authenticationStrategy", "tags"],
  judges: ["authenticationStrategy"],
  replicas: "judged",
  basis: ({ environment }) => ({ countsAsProduction: environment.countsAsProduction }),
  examples: [
    { title: "ActiveMQ with LDAP", expect: "pass" },
    {
      title: "RabbitMQ with a method of its configuration",
      attributes: { engine: "RABBITMQ", authenticationStrategy: "CONFIG_MANAGED" },
      expect: "pass",
    },
    { title: "users of the broker itself", attributes: { authenticationStrategy: "SIMPLE" }, expect: "fail" },
    {
      title: "development",
      attributes: { authenticationStrategy: "SIMPLE", tags: { env: "dev" } },
      expect: "not-applicable",
    },
    { title: "AWS did not say", attributes: { authenticationStrategy: null }, expect: "unknown" },
    { title: "never described", withhold: ["authenticationStrategy"], expect: "unknown" },
  ],
  evaluate({ attributes: { engine, authenticationStrategy }, environment }) {
    if (!environment.countsAsProduction)
      return notApplicable(`The broker is not production, but ${environment.environment}.`);
    if (authenticationStrategy === null) return unknown("AWS did not tell how users are authenticated.");
    if (authenticationStrategy === "LDAP") return pass("Users are authenticated by a directory (LDAP).");
    if (authenticationStrategy === "CONFIG_MANAGED")
      return pass("The configuration names the method of authentication.");
    if (authenticationStrategy !== "SIMPLE") return unknown(`What ${authenticationStrategy} stands for is not known.`);
    return fail(`The ${engineDisplayName(engine)} broker keeps its users itself.`, { authenticationStrategy });
  },
});
