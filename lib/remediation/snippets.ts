import type { StepSnippets } from "@/lib/domain/plan";

export const NO_SNIPPETS: StepSnippets = { awsCli: null, terraform: null, cloudFormation: null };

/** A value of one property in all three ways of writing it. */
export type SnippetValue = string | number | boolean | readonly string[] | readonly SnippetBlock[] | SnippetBlock;
export interface SnippetBlock {
  readonly [property: string]: SnippetValue;
}

/** What snippets need to know of a broker. */
export interface SnippetBroker {
  brokerId: string;
  arn: string;
  name: string;
  region: string;
}

/** One argument of a shell, whatever is in it. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** An AWS CLI command of several lines. Options with a null value are left out; true is a switch. */
export function awsCommand(
  command: string,
  options: readonly (readonly [name: string, value: string | number | boolean | readonly string[] | null])[],
): string {
  const lines = options.flatMap(([name, value]) => {
    if (value === null || value === false) return [];
    if (value === true) return [`--${name}`];
    return [
      `--${name} ${[value]
        .flat()
        .map((each) => shellQuote(String(each)))
        .join(" ")}`,
    ];
  });
  return [`aws ${command}`, ...lines].join(" \\\n  ");
}

/** Text in Terraform's language: quoted, its templates switched off. */
export function hclText(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

function hclValue(value: SnippetValue): string {
  if (typeof value === "string") return hclText(value);
  if (Array.isArray(value)) return `[${value.map((each) => hclText(String(each))).join(", ")}]`;
  return String(value);
}

function isBlock(value: SnippetValue): value is SnippetBlock {
  return typeof value === "object" && !Array.isArray(value);
}

function hclBody(block: SnippetBlock, indent: string): string[] {
  return Object.entries(block).flatMap(([name, value]) =>
    isBlock(value)
      ? [`${indent}${name}${name === "tags" ? " =" : ""} {`, ...hclBody(value, `${indent}  `), `${indent}}`]
      : [`${indent}${/^\w+$/.test(name) ? name : hclText(name)} = ${hclValue(value)}`],
  );
}

/** The arguments of a broker's `aws_mq_broker` that a step sets; the rest of the resource stays as it is. */
export function terraformBroker(broker: Pick<SnippetBroker, "brokerId" | "name">, block: SnippetBlock): string {
  return [
    `# ${oneLine(broker.brokerId)}: the arguments to set in its resource; all others stay.`,
    `resource "aws_mq_broker" "${labelOf(broker.name)}" {`,
    ...hclBody(block, "  "),
    "}",
  ].join("\n");
}

function yamlBody(block: SnippetBlock, indent: string): string[] {
  return Object.entries(block).flatMap(([name, value]) => {
    const key = /^\w+$/.test(name) ? name : JSON.stringify(name);
    if (isBlock(value)) return [`${indent}${key}:`, ...yamlBody(value, `${indent}  `)];
    if (Array.isArray(value)) return [`${indent}${key}:`, ...value.flatMap((each) => yamlItem(each, `${indent}  `))];
    return [`${indent}${key}: ${JSON.stringify(value)}`];
  });
}

function yamlItem(item: string | SnippetBlock, indent: string): string[] {
  if (typeof item === "string") return [`${indent}- ${JSON.stringify(item)}`];
  const [first = "", ...rest] = yamlBody(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

/** The properties of a broker's `AWS::AmazonMQ::Broker` that a step sets. */
export function cloudFormationBroker(broker: Pick<SnippetBroker, "brokerId" | "name">, block: SnippetBlock): string {
  return [
    `# ${oneLine(broker.brokerId)}: the properties to set in its resource; all others stay.`,
    `${logicalId(broker.name)}:`,
    "  Type: AWS::AmazonMQ::Broker",
    "  Properties:",
    ...yamlBody(block, "    "),
  ].join("\n");
}

/** UpdateBroker with what it sets, in all three ways. */
export function updateBroker(
  broker: SnippetBroker,
  change: {
    cli: readonly (readonly [string, string | number | boolean | readonly string[] | null])[];
    terraform: SnippetBlock | null;
    cloudFormation: SnippetBlock | null;
  },
): StepSnippets {
  return {
    awsCli: awsCommand("mq update-broker", [["region", broker.region], ["broker-id", broker.brokerId], ...change.cli]),
    terraform: change.terraform && terraformBroker(broker, change.terraform),
    cloudFormation: change.cloudFormation && cloudFormationBroker(broker, change.cloudFormation),
  };
}

/** A reboot. Terraform and CloudFormation have none of their own. */
export function rebootCommand(broker: SnippetBroker): string {
  return awsCommand("mq reboot-broker", [
    ["region", broker.region],
    ["broker-id", broker.brokerId],
  ]);
}

function labelOf(name: string): string {
  const label = name.replaceAll(/[^\w-]/g, "_");
  return /^[A-Za-z_]/.test(label) ? label : `_${label}`;
}

function logicalId(name: string): string {
  const id = name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join("");
  return /^[A-Za-z]/.test(id) ? id : `Broker${id}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
