import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const ldapDirectoryRedundant = defineRule({
  id: "ldap-directory-redundant",
  version: 1,
  title: "A second directory host stands in for the first",
  severity: "low",
  category: "security",
  rationale:
    "A broker that asks one directory host locks everybody out while that host is away: new connections are refused, although the broker is well. Amazon MQ " +
    "takes a second host for fail-over.",
  remediation:
    "Name a second host of the directory (aws mq update-broker --broker-id <id> --ldap-server-metadata Hosts=<first>,<second>,...); it is applied with a reboot.",
  references: [
    {
      kind: "aws",
      id: "LdapServerMetadataInput",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html",
    },
  ],
  needs: ["engine", "authenticationStrategy", "ldap"],
  judges: ["authenticationStrategy", "ldap"],
  judged: ({ attributes: { authenticationStrategy, ldap } }) => [authenticationStrategy, ldap?.hosts ?? null],
  engine: {
    only: "ACTIVEMQ",
    otherwise: "The directory of a RabbitMQ broker stands in its configuration, which is not read for it.",
  },
  replicas: "judged",
  examples: [
    { title: "two hosts", expect: "pass" },
    { title: "one host", attributes: { ldap: directory("ldap-1.example.com") }, expect: "fail" },
    {
      title: "users of the broker itself",
      attributes: { authenticationStrategy: "SIMPLE", ldap: null },
      expect: "not-applicable",
    },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    { title: "AWS did not name the directory", attributes: { ldap: null }, expect: "unknown" },
    { title: "never described", withhold: ["ldap"], expect: "unknown" },
  ],
  evaluate({ attributes: { authenticationStrategy, ldap } }) {
    if (authenticationStrategy === null) return unknown("AWS did not tell how users are authenticated.");
    if (authenticationStrategy !== "LDAP") return notApplicable("The broker does not ask a directory.");
    if (ldap === null || ldap.hosts.length === 0) return unknown("AWS did not name the hosts of the directory.");
    const hosts = [...new Set(ldap.hosts)];
    return hosts.length > 1
      ? pass(`The broker asks ${hosts.length} directory hosts.`)
      : fail(`The broker asks one directory host alone: ${hosts.join()}.`, { hosts });
  },
});

function directory(...hosts: string[]) {
  return {
    hosts,
    roleBase: "ou=groups,dc=example,dc=com",
    roleName: null,
    roleSearchMatching: "(member:=uid={1})",
    roleSearchSubtree: null,
    serviceAccountUsername: "cn=mq,dc=example,dc=com",
    userBase: "ou=users,dc=example,dc=com",
    userRoleName: null,
    userSearchMatching: "(uid={0})",
    userSearchSubtree: null,
  };
}
