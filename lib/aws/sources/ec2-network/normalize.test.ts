import { describe, expect, it } from "vitest";
import { loadRecording } from "@/lib/testing/recordings";
import { parseAnswer } from "../../parse-answer";
import { readQueryXml } from "../../query-wire";
import { securityGroupsAnswer, subnetsAnswer } from "./fetch";
import { normalizeSecurityGroup, normalizeSubnet } from "./normalize";

/** Names that are not the SDK's with a small first letter. */
const WIRE_NAMES: Readonly<Record<string, string>> = {
  Subnets: "subnetSet",
  SecurityGroups: "securityGroupInfo",
  UserIdGroupPairs: "groups",
};

/** A recorded answer, which has the SDK's names, as Amazon EC2 writes it. */
function wireXml(name: string, value: unknown): string {
  const wireName = WIRE_NAMES[name] ?? name.charAt(0).toLowerCase() + name.slice(1);
  const content = Array.isArray(value)
    ? value.map((item) => `<item>${membersXml(item)}</item>`).join("")
    : typeof value === "object" && value !== null
      ? membersXml(value)
      : String(value);
  return `<${wireName}>${content}</${wireName}>`;
}

function membersXml(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => wireXml(name, member))
    .join("");
}

const answerOf = (xml: string) => readQueryXml(new TextEncoder().encode(`<Answer>${xml}</Answer>`));
const recorded = (name: string) => answerOf(membersXml(loadRecording(name)));
const groups = (xml: string) =>
  parseAnswer(securityGroupsAnswer, answerOf(`<securityGroupInfo><item>${xml}</item></securityGroupInfo>`))
    .securityGroupInfo.map(normalizeSecurityGroup)
    .flatMap((group) => ("ingress" in group ? group.ingress : []));

describe("normalizing what AWS really sent", () => {
  it("reads a subnet of a time before zone ids: the zone's name, and no id", () => {
    const { subnetSet } = parseAnswer(subnetsAnswer, recorded("test_mq_query--ec2.DescribeSubnets_1"));
    expect(subnetSet.map(normalizeSubnet)).toEqual([
      { kind: "subnet", id: "subnet-b77a4ffd", zoneName: "us-east-2c", zoneId: null, vpcId: "vpc-5f6c9936" },
    ]);
  });

  it("reads a group that lets in itself, on all ports of all protocols", () => {
    const { securityGroupInfo } = parseAnswer(
      securityGroupsAnswer,
      recorded("test_mq_query--ec2.DescribeSecurityGroups_1"),
    );
    expect(securityGroupInfo.map(normalizeSecurityGroup)).toEqual([
      {
        kind: "security-group",
        id: "sg-aa6c90c3",
        name: "default",
        vpcId: "vpc-5f6c9936",
        ingress: [{ protocol: "-1", fromPort: null, toPort: null, cidrs: [], sources: ["sg-aa6c90c3"] }],
      },
    ]);
  });
});

describe("normalizing ways into a security group", () => {
  const open = (
    protocol: string,
    ports: string,
    cidr = "<ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>",
  ) => `<item><ipProtocol>${protocol}</ipProtocol>${ports}${cidr}</item>`;
  const group = (permissions: string) => `<groupId>sg-1</groupId><ipPermissions>${permissions}</ipPermissions>`;

  it("keeps ports as numbers and IPv4 and IPv6 ranges together", () => {
    const both =
      "<ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item></ipRanges><ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges>";
    expect(groups(group(open("tcp", "<fromPort>5671</fromPort><toPort>5672</toPort>", both)))).toEqual([
      { protocol: "tcp", fromPort: 5671, toPort: 5672, cidrs: ["10.0.0.0/8", "::/0"], sources: [] },
    ]);
  });

  it("knows no ports of ICMP, whose numbers are types and codes", () => {
    expect(groups(group(open("icmp", "<fromPort>8</fromPort><toPort>-1</toPort>")))).toMatchObject([
      { protocol: "icmp", fromPort: null, toPort: null },
    ]);
  });

  it("gives the same for every order AWS may send them in", () => {
    const [a, b] = [open("tcp", "<fromPort>1</fromPort><toPort>1</toPort>"), open("udp", "<fromPort>2</fromPort>")];
    expect(groups(group(a + b))).toEqual(groups(group(b + a)));
  });

  it("reads a group without any", () => {
    expect(groups("<groupId>sg-1</groupId><ipPermissions/>")).toEqual([]);
  });

  it("refuses a port that is none, without quoting it", () => {
    expect(() => groups(group(open("tcp", "<fromPort>ssh</fromPort>")))).toThrow(
      /fromPort is missing or of the wrong kind/,
    );
  });
});
