import type { Severity } from "@/lib/domain/finding";
import type { MeshCheckId } from "@/lib/mesh/mesh-checks";
import { defineRule, fail, notApplicable, pass, type Rule, type RuleReference, unknown } from "@/lib/rules/define-rule";

export const MESH_REFERENCES: readonly RuleReference[] = [
  { kind: "seed", id: "002" },
  {
    kind: "aws",
    id: "Amazon MQ network of brokers",
    url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/network-of-brokers.html",
  },
  { kind: "conformity", id: "MQ-007" },
];

export const NO_MESH_IN_RABBITMQ =
  "RabbitMQ has no network of brokers: a cluster's nodes are one broker, and AWS's API shows neither federation nor shovels.";

/** A rule about one defect of a network of brokers: each broker that the defect concerns has its own finding. */
export function defineMeshRule(input: {
  id: string;
  check: MeshCheckId;
  title: string;
  severity: Severity;
  rationale: string;
  remediation: string;
}): Rule {
  const { id, check, title, severity, rationale, remediation } = input;
  const withCheck = (outcome: "pass" | "fail" | "unknown") => ({
    mesh: {
      standing: "joined" as const,
      incomplete: false,
      peers: ["orders-b"],
      productionPeers: 1,
      productionZoneIds: null,
      connectedLastDay: null,
      checks: [{ id: check, outcome, brokers: ["orders", "orders-b"], explanation: "As in this example." }],
    },
  });
  return defineRule({
    id,
    version: 1,
    title,
    severity,
    category: "availability",
    rationale,
    remediation,
    references: MESH_REFERENCES,
    needs: ["mesh"],
    judges: ["mesh"],
    // What was seen of the network in this respect alone: other defects come and go without touching this one.
    judged: ({ facts: { mesh } }) => {
      const found = mesh.checks.find((candidate) => candidate.id === check);
      return [mesh.standing, found?.outcome ?? null, found?.brokers ?? null];
    },
    engine: { only: "ACTIVEMQ", otherwise: NO_MESH_IN_RABBITMQ },
    replicas: "judged",
    examples: [
      { title: "a network without this defect", facts: withCheck("pass"), expect: "pass" },
      { title: "a network with this defect", facts: withCheck("fail"), expect: "fail" },
      { title: "what decides it is not known", facts: withCheck("unknown"), expect: "unknown" },
      {
        title: "a broker of its own",
        facts: { mesh: { ...withCheck("pass").mesh, standing: "standalone", peers: [], checks: [] } },
        expect: "not-applicable",
      },
      { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
      { title: "configuration never read", withhold: ["mesh"], expect: "unknown" },
    ],
    evaluate({ facts: { mesh } }) {
      if (mesh.standing === "standalone") return notApplicable("The broker is joined to no other known broker.");
      if (mesh.standing === "unknown") return unknown("The broker's configuration was not read.");
      const found = mesh.checks.find((candidate) => candidate.id === check);
      if (!found || found.outcome === "pass")
        return pass(found?.explanation ?? "The network does not have this defect.");
      const brokers = found.brokers.join(", ");
      if (found.outcome === "unknown") return unknown(`${found.explanation} Brokers: ${brokers}.`);
      return fail(`${found.explanation} Brokers: ${brokers}.`, {
        defect: found.id,
        brokers: found.brokers,
        network: mesh.peers,
        incomplete: mesh.incomplete,
      });
    },
  });
}
