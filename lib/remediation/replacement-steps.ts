import { monthlyListCost, sumMonthly } from "@/lib/cost/monthly-list-cost";
import { engineDisplayName } from "@/lib/domain/engine-version";
import type { DoneCheck, PlannedStep } from "@/lib/domain/plan";
import { provisionSnippets } from "@/lib/remediation/provision-snippets";
import type { ReplacementTarget } from "@/lib/remediation/replacement-target";
import { awsCommand } from "@/lib/remediation/snippets";
import {
  findingsOf,
  GUIDE,
  idsOf,
  observed,
  type PlannedFinding,
  type Planning,
  step,
} from "@/lib/remediation/step-base";

/** The whole way of a replacement, from writing down what there is to deleting the old broker. */
export function replacementSteps(
  planning: Planning,
  findings: readonly PlannedFinding[],
  target: ReplacementTarget,
  before: readonly string[],
): readonly PlannedStep[] {
  const { broker, context } = planning;
  const { attributes: a } = broker;
  const engine = engineDisplayName(a.engine ?? "");
  const oldCost = monthlyListCost(context.prices, {
    region: broker.region,
    engine: a.engine,
    deploymentMode: a.deploymentMode,
    instanceType: a.instanceType,
  });
  const newCost = monthlyListCost(context.prices, {
    region: broker.region,
    engine: a.engine,
    deploymentMode: target.deploymentMode,
    instanceType: target.instanceType,
  });
  const both = sumMonthly(oldCost, newCost);
  const replacement = (
    own: Pick<PlannedStep, "key" | "title" | "instructions" | "rollBack" | "effortHours"> & Partial<PlannedStep>,
  ) => step({ kind: "replacement", source: `${GUIDE}/amazon-mq-migrating.html`, ...own });
  const document = replacement({
    key: "replacement-document",
    title: "Write down configuration, users and version",
    instructions: documentation(planning),
    effortHours: 4,
    done: {
      kind: "attestation",
      statement: "Configuration, users, policies, version, network and tags of the broker are written down.",
    },
    snippets: { awsCli: documentCommands(planning), terraform: null, cloudFormation: null },
    rollBack: "Nothing changes in AWS.",
    dependsOn: before,
  });
  const checks: [DoneCheck, ...DoneCheck[]] = [
    replacementShows("state", "equals", "RUNNING"),
    replacementShows("deploymentMode", "equals", target.deploymentMode),
    ...(target.line ? [replacementShows("engineLine", "at-least", target.line)] : []),
    ...(findingsOf(planning, "broker-not-public").length > 0
      ? [replacementShows("publiclyAccessible", "equals", false)]
      : []),
    ...(findingsOf(planning, "customer-managed-key").length > 0
      ? [replacementShows("customerManagedKey", "equals", true)]
      : []),
  ];
  const provision = replacement({
    key: "replacement-provision",
    title: `Create the new broker (${engine}${target.line ? ` ${target.line}` : ""}, ${modeName(target.deploymentMode)}, ${target.instanceType})`,
    instructions:
      "Create it beside the old one, then confirm it as the replacement on one of the plan's findings: a broker of the same name in the same account and region is proposed there. The step ticks itself when a sync sees the confirmed broker running as planned.",
    effortHours: 4,
    done: observed(...checks),
    snippets: provisionSnippets(planning, target),
    rollBack: "Delete the new broker; the old one was not touched.",
    dependsOn: [document.key],
    cost: { before: oldCost, after: both, parallel: both },
  });
  const parity = replacement({
    key: "replacement-parity",
    title: "Check that new and old broker match",
    instructions:
      "Compare users and permissions, destinations, policies, plugins, network connectors, logs, alarms and tags. What AWS shows of both is compared on the plan's page; users, queues and passwords are not visible to it.",
    effortHours: 4,
    done: {
      kind: "attestation",
      statement: "Old and new broker were compared and match, but for what the plan changes.",
    },
    rollBack: "Correct the new broker; the old one still serves.",
    dependsOn: [provision.key],
  });
  const strings = applicationSteps(planning, target, parity.key);
  const drain = replacement({
    key: "replacement-drain",
    title: "Drain the old broker",
    instructions:
      "Move producers first and let consumers empty the old queues and durable subscriptions, or forward what is left (ActiveMQ: a network connector; RabbitMQ: a shovel). Watch the depth until it is zero.",
    inWindow: true,
    interruption: {
      reboots: false,
      minutes: null,
      effect:
        "No reboot. Producers change brokers one application after the other; how long queues take to empty depends on their depth.",
      source: `${GUIDE}/amazon-mq-migrating.html`,
      verified: false,
    },
    effortHours: 6,
    done: { kind: "attestation", statement: "Producers publish to the new broker and the old one's queues are empty." },
    rollBack: "Point producers at the old broker again; it still runs.",
    dependsOn: strings.map(({ key }) => key),
  });
  const cutOver = replacement({
    key: "replacement-cut-over",
    title: "Cut over",
    instructions:
      "Point every remaining client at the new broker: change endpoints (DNS name, secret or configuration) and restart clients in the order that was tested.",
    inWindow: true,
    interruption: {
      reboots: false,
      minutes: { from: 5, to: 30 },
      effect:
        "Clients are restarted or reconnect. The time is an estimate of the product: take the one that the rehearsal measured.",
      source: "Estimate of the product",
      verified: false,
    },
    effortHours: 4,
    done: { kind: "attestation", statement: "Every client is connected to the new broker." },
    rollBack: "Point the clients at the old broker again, and move messages published meanwhile back.",
    dependsOn: [drain.key],
  });
  const validate = replacement({
    key: "replacement-validate",
    title: "Validate for some days",
    instructions:
      "Look at errors, depth, latency and connections of the new broker, and that the old one has neither connections nor messages, over at least one business peak.",
    effortHours: 4,
    done: {
      kind: "attestation",
      statement: "The new broker served a business peak without trouble and the old one had no connection.",
    },
    rollBack: "Cut back to the old broker while it exists.",
    dependsOn: [cutOver.key],
  });
  const decommission = replacement({
    key: "replacement-decommission",
    title: "Delete the old broker",
    instructions:
      "Deleting cannot be undone and takes the messages with it. Once a sync sees it gone, its findings close as replaced where the confirmed replacement passes their rules.",
    effortHours: 1,
    done: observed(
      { of: "broker", fact: "presence", comparison: "equals", value: "gone" },
      replacementShows("state", "equals", "RUNNING"),
    ),
    snippets: {
      awsCli: awsCommand("mq delete-broker", [
        ["region", broker.region],
        ["broker-id", broker.brokerId],
      ]),
      terraform: null,
      cloudFormation: null,
    },
    rollBack: "None: a deleted broker and its messages are gone. Keep it until the validation is over.",
    dependsOn: [validate.key],
    cost: { before: both, after: newCost, parallel: null },
    findingIds: idsOf(findings),
  });
  return [document, provision, parity, ...strings, drain, cutOver, validate, decommission];
}

function replacementShows(
  fact: DoneCheck["fact"],
  comparison: DoneCheck["comparison"],
  value: DoneCheck["value"],
): DoneCheck {
  return { of: "replacement", fact, comparison, value };
}

/** Each application vouches for its own connection string. */
function applicationSteps({ context }: Planning, target: ReplacementTarget, after: string): readonly PlannedStep[] {
  const endpoints =
    target.deploymentMode === "ACTIVE_STANDBY_MULTI_AZ"
      ? "both endpoints (failover:(ssl://...-1...,ssl://...-2...))"
      : "the new endpoint, with reconnecting switched on";
  const of = (key: string, who: string) =>
    step({
      key,
      kind: "fail-over-string",
      title: `Fail-over connection string of ${who}`,
      instructions: `The connection string of ${who} names ${endpoints}; it was tested in a lower environment.`,
      effortHours: 2,
      done: {
        kind: "attestation",
        statement: `The connection string of ${who} names every endpoint of the new broker and was tested.`,
      },
      rollBack: "Set the former connection string again.",
      dependsOn: [after],
      source: `${GUIDE}/active-standby-broker-deployment.html`,
    });
  const { applications } = context;
  return applications.length === 0
    ? [of("fail-over-string", "every application (none is registered as depending on this broker)")]
    : applications.map((name) => of(`fail-over-string-${name}`, name));
}

function modeName(mode: string): string {
  return mode.toLowerCase().replaceAll("_", " ").replace("multi az", "multi-AZ");
}

function documentation({ broker }: Planning): string {
  const { attributes: a } = broker;
  const known = (what: string, value: string | null | undefined) => `${what}: ${value ? value : "not observed"}.`;
  return [
    "What syncs know already:",
    known("version", a.engineVersion),
    known(
      "configuration",
      a.configuration?.current ? `${a.configuration.current.id}, revision ${a.configuration.current.revision}` : null,
    ),
    known("users", a.users?.map(({ username }) => username).join(", ")),
    known("subnets", a.subnetIds?.join(", ")),
    known("security groups", a.securityGroups?.join(", ")),
    known("authentication", a.authenticationStrategy),
    "Passwords, destinations, permissions and policies have to be written down from the broker itself.",
  ].join(" ");
}

function documentCommands({ broker }: Planning): string {
  const { configuration, engine } = broker.attributes;
  const where = ["region", broker.region] as const;
  const commands = [awsCommand("mq describe-broker", [where, ["broker-id", broker.brokerId]])];
  if (configuration?.current)
    commands.push(
      awsCommand("mq describe-configuration-revision", [
        where,
        ["configuration-id", configuration.current.id],
        ["configuration-revision", configuration.current.revision],
      ]),
    );
  // AWS tells no users of RabbitMQ brokers.
  if (engine === "ACTIVEMQ") commands.push(awsCommand("mq list-users", [where, ["broker-id", broker.brokerId]]));
  return commands.join("\n\n");
}
