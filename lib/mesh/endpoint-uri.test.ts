import { describe, expect, it } from "vitest";
import { amazonMqHost, parseConnectorUri, parseEndpoint } from "./endpoint-uri";

const ID = "b-9f765c8d-6164-4f28-b0c9-556de5077776";

describe("amazonMqHost", () => {
  it.each([
    [`${ID}-1.mq.us-east-1.amazonaws.com`, { brokerId: ID, instance: 1, region: "us-east-1" }],
    [`${ID}-2.mq.us-gov-west-1.amazonaws.com`, { brokerId: ID, instance: 2, region: "us-gov-west-1" }],
    [`${ID}.mq.eu-west-1.amazonaws.com`, { brokerId: ID, instance: null, region: "eu-west-1" }],
    [`${ID}-1.mq.cn-north-1.amazonaws.com.cn`, { brokerId: ID, instance: 1, region: "cn-north-1" }],
    [`${ID}-1.mq.eu-central-1.on.aws`, { brokerId: ID, instance: 1, region: "eu-central-1" }],
    [`${ID.toUpperCase()}-1.MQ.US-EAST-1.AMAZONAWS.COM.`, { brokerId: ID, instance: 1, region: "us-east-1" }],
  ])("knows %s", (host, expected) => {
    expect(amazonMqHost(host)).toEqual(expected);
  });

  it.each([
    "broker.example.com",
    "orders-Broker-1",
    `${ID}.example.com`,
    "mq.us-east-1.amazonaws.com",
    "b-123.mq.us-east-1.amazonaws.com",
    "",
  ])("does not take %j for a broker of Amazon MQ", (host) => {
    expect(amazonMqHost(host)).toBeNull();
  });
});

describe("parseEndpoint", () => {
  it.each([
    ["ssl://host:61617", "ssl", "host", 61617],
    ["TCP://Broker.Example.com.:61616", "tcp", "broker.example.com", 61616],
    ["nio+ssl://10.0.0.1", "nio+ssl", "10.0.0.1", null],
    ["ssl://[2001:db8::1]:61617", "ssl", "[2001:db8::1]", 61617],
    ["ssl://user:pass@host:1?trace=true", "ssl", "host", 1],
    ["multicast://default?group=x", "multicast", "default", null],
  ])("reads %s", (text, scheme, host, port) => {
    expect(parseEndpoint(text)).toEqual({ scheme, host, port, brokerId: null, instance: null, region: null });
  });

  it.each(["host:61617", "ssl://", "ssl://:61617", "ssl://host:99999", "ssl://host:abc", "(", ""])(
    "does not read %j",
    (text) => {
      expect(parseEndpoint(text)).toBeUndefined();
    },
  );
});

describe("parseConnectorUri", () => {
  it.each([
    ["static:(ssl://a:1)", "static", false, ["a"]],
    ["static:(ssl://a:1,ssl://b:1)", "static", false, ["a", "b"]],
    ["static://(ssl://a:1,ssl://b:1)?x=1", "static", false, ["a", "b"]],
    ["static:ssl://a:1", "static", false, ["a"]],
    ["masterslave:(ssl://a:1,ssl://b:1)", "masterslave", true, ["a", "b"]],
    ["masterslave:(ssl://a:1)", "masterslave", false, ["a"]],
    ["static:(failover:(ssl://a:1,ssl://b:1)?randomize=false&maxReconnectAttempts=0)", "static", true, ["a", "b"]],
    ["static:failover:(ssl://a:1,ssl://b:1)?randomize=false", "static", true, ["a", "b"]],
    ["failover:ssl://a:1", "failover", false, ["a"]],
    ["STATIC:( ssl://A:1 ,\n ssl://b:1 )", "static", false, ["a", "b"]],
    ["static:(ssl://a:1,ssl://a:1)", "static", false, ["a"]],
    ["static:(ssl://a:1,,)", "static", false, ["a"]],
    ["ssl://a:1", "ssl", false, ["a"]],
    ["multicast://default", "multicast", false, ["default"]],
  ])("reads %s", (uri, transport, oneOf, hosts) => {
    const parsed = parseConnectorUri(uri);
    expect([
      parsed.transport,
      parsed.oneOf,
      parsed.endpoints.map((endpoint) => endpoint.host),
      parsed.unreadable,
    ]).toEqual([transport, oneOf, hosts, []]);
  });

  it("keeps what it cannot read, without credentials", () => {
    expect(parseConnectorUri("static:(ssl://a:1,nonsense,ssl://u:p@:9?pw=x)")).toMatchObject({
      unreadable: ["nonsense", "ssl://:9"],
    });
    expect(parseConnectorUri("static:(ssl://a:1").endpoints).toEqual([]);
    expect(parseConnectorUri("")).toEqual({ transport: "", oneOf: false, endpoints: [], unreadable: [] });
  });
});
