import { describe, expect, it } from "vitest";
import { MAX_CONFIGURATION_LENGTH, type NetworkConnector, parseNetworkConnectors } from "./network-connectors";

const B = "b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9";
const C = "b-743c885d-2244-4c95-af67-a85017ff234e";

/** A configuration in the shape AWS gives a new broker, with the connectors put in. */
function configuration(inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<broker xmlns="http://activemq.apache.org/schema/core" schedulePeriodForDestinationPurge="10000">
  <destinationPolicy>
    <policyMap>
      <policyEntries>
        <policyEntry gcInactiveDestinations="true" inactiveTimoutBeforeGC="600000" topic="&gt;">
          <pendingMessageLimitStrategy><constantPendingMessageLimitStrategy limit="1000"/></pendingMessageLimitStrategy>
        </policyEntry>
        <policyEntry gcInactiveDestinations="true" inactiveTimoutBeforeGC="600000" queue="&gt;"/>
      </policyEntries>
    </policyMap>
  </destinationPolicy>
  <plugins/>
${inside}
</broker>
`;
}

function connectors(inside: string): readonly NetworkConnector[] {
  const parsed = parseNetworkConnectors(configuration(inside));
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.message}`);
  return parsed.connectors;
}

function errorOf(xml: string) {
  const parsed = parseNetworkConnectors(xml);
  return parsed.ok ? "read" : parsed.error.code;
}

describe("parseNetworkConnectors", () => {
  it("reads the connectors of the developer guide, line breaks inside the URI and all", () => {
    const found = connectors(`  <networkConnectors>
    <networkConnector name="1_to_2" userName="myCommonUser" duplex="true"
      uri="static:(ssl://
${B}-1.mq.us-east-2.amazonaws.com:61617)"/>
    <networkConnector name="1_to_3" userName="myCommonUser"
      uri="static:(failover:(ssl://${C}-1.mq.us-west-2.amazonaws.com:61617,
ssl://${C}-2.mq.us-west-2.amazonaws.com:61617)?randomize=false&amp;maxReconnectAttempts=0)"/>
  </networkConnectors>`);
    expect(found.map(({ name, duplex, userName, hasPassword }) => ({ name, duplex, userName, hasPassword }))).toEqual([
      { name: "1_to_2", duplex: true, userName: "myCommonUser", hasPassword: false },
      { name: "1_to_3", duplex: false, userName: "myCommonUser", hasPassword: false },
    ]);
    expect(found[0]).toMatchObject({ transport: "static", oneOf: false, unreadable: [] });
    expect(found[0]?.endpoints).toEqual([
      {
        scheme: "ssl",
        host: `${B}-1.mq.us-east-2.amazonaws.com`,
        port: 61617,
        brokerId: B,
        instance: 1,
        region: "us-east-2",
      },
    ]);
    expect(found[1]).toMatchObject({ transport: "static", oneOf: true });
    expect(found[1]?.endpoints.map((endpoint) => endpoint.instance)).toEqual([1, 2]);
  });

  it("finds none in a configuration without connectors", () => {
    expect(connectors("")).toEqual([]);
    expect(connectors("<networkConnectors/>")).toEqual([]);
    expect(connectors("<networkConnectors></networkConnectors>")).toEqual([]);
  });

  it("does not count what is commented out or in CDATA", () => {
    const connector = `<networkConnectors><networkConnector name="ghost" uri="static:(ssl://a:1)"/></networkConnectors>`;
    expect(connectors(`<!-- ${connector} -->`)).toEqual([]);
    expect(connectors(`<note><![CDATA[ ${connector} ]]></note>`)).toEqual([]);
    expect(connectors(`<!-- <!DOCTYPE x> <![CDATA[ -->${connector}<!-- ]]> -->`).map((c) => c.name)).toEqual(["ghost"]);
    expect(connectors(`<note><![CDATA[ <!-- ]]></note>${connector}<!-- x -->`).map((c) => c.name)).toEqual(["ghost"]);
  });

  it("counts connectors inside <networkConnectors> of <broker> only, several lists included", () => {
    const one = (name: string) =>
      `<networkConnectors><networkConnector name="${name}" uri="static:(ssl://a:1)"/></networkConnectors>`;
    expect(connectors(one("x") + one("y")).map((c) => c.name)).toEqual(["x", "y"]);
    expect(connectors(`<plugins>${one("x")}</plugins>`)).toEqual([]);
    expect(connectors('<networkConnector name="x" uri="static:(ssl://a:1)"/>')).toEqual([]);
  });

  it("reads prefixed elements and a <broker> inside <beans>", () => {
    const xml = `<beans xmlns:amq="http://activemq.apache.org/schema/core"><amq:broker><amq:networkConnectors>
      <amq:networkConnector uri="static:(ssl://a:1)" username="u" duplex=" TRUE "/></amq:networkConnectors></amq:broker></beans>`;
    const parsed = parseNetworkConnectors(xml);
    expect(parsed.ok && parsed.connectors).toMatchObject([{ name: "bridge", userName: "u", duplex: true }]);
  });

  it("decodes entities once and never keeps a password", () => {
    const [found] = connectors(`<networkConnectors><networkConnector name="a &amp;lt; &#66;&#x43; &quot;&foo;"
      userName="u" password="hunter2" uri="static:(ssl://user:secret@host:61617?x=1&amp;y=2)"/></networkConnectors>`);
    expect(found?.name).toBe('a &lt; BC "&foo;');
    expect(found?.hasPassword).toBe(true);
    expect(JSON.stringify(found)).not.toMatch(/hunter2|secret/);
    expect(found?.endpoints).toEqual([
      { scheme: "ssl", host: "host", port: 61617, brokerId: null, instance: null, region: null },
    ]);
  });

  it("keeps a connector without URI, with nothing to connect to", () => {
    expect(connectors("<networkConnectors><networkConnector/></networkConnectors>")).toEqual([
      {
        name: "bridge",
        duplex: false,
        userName: null,
        hasPassword: false,
        transport: "",
        oneOf: false,
        endpoints: [],
        unreadable: [],
      },
    ]);
  });
});

describe("bad configurations", () => {
  it.each([
    ["nothing", "", "malformed"],
    ["prose", "hello", "malformed"],
    ["an unclosed element", "<broker><networkConnectors></broker>", "malformed"],
    ["an unclosed comment", "<broker><!-- <networkConnectors/></broker>", "malformed"],
    ["an unclosed CDATA section", "<broker><![CDATA[ </broker>", "malformed"],
    ["an attribute without quotes", "<broker a=1/>", "malformed"],
    ["a cut file", configuration("").slice(0, 400), "malformed"],
    ["a reserved name", "<broker><__proto__ x='1'/></broker>", "malformed"],
    ["deep nesting", `<broker>${"<a>".repeat(5000)}${"</a>".repeat(5000)}</broker>`, "malformed"],
    ["a RabbitMQ configuration", "consumer_timeout = 1800000", "malformed"],
    ["another document", "<html><body/></html>", "not-a-broker-configuration"],
  ])("%s is a typed error", (_, xml, code) => {
    expect(errorOf(xml)).toBe(code);
  });

  it("names the line of a defect, comments before it or not", () => {
    const parsed = parseNetworkConnectors("<broker>\n<!-- one\ntwo -->\n<a></b>\n</broker>");
    expect(parsed).toMatchObject({ ok: false, error: { line: 4 } });
  });

  it("names the elements that are left open", () => {
    expect(parseNetworkConnectors("<broker><networkConnectors>")).toMatchObject({
      error: { message: "<broker>, <networkConnectors> not closed" },
    });
  });

  it("refuses every document type, so that no entity can be expanded or fetched", () => {
    const lol = `<!DOCTYPE broker [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>`;
    expect(errorOf(`${lol}<broker x="&c;"/>`)).toBe("doctype-refused");
    expect(errorOf('<!DOCTYPE broker SYSTEM "file:///etc/passwd"><broker/>')).toBe("doctype-refused");
    expect(
      errorOf('<!DOCTYPE broker [<!ENTITY x SYSTEM "http://169.254.169.254/latest/meta-data/">]><broker>&x;</broker>'),
    ).toBe("doctype-refused");
    expect(errorOf('<!doctype broker [<!ENTITY % p "x">]><broker/>')).toBe("doctype-refused");
    expect(errorOf('<broker/><!ENTITY a "x">')).toBe("doctype-refused");
    expect(parseNetworkConnectors("\n\n<!DOCTYPE broker><broker/>")).toMatchObject({ error: { line: 3 } });
  });

  it("refuses what is larger than AWS stores", () => {
    expect(errorOf(`<broker>${"<a/>".repeat(MAX_CONFIGURATION_LENGTH / 4)}</broker>`)).toBe("too-large");
  });

  it.each([
    ["many elements", `<broker>${"<a/>".repeat(120_000)}</broker>`, "read"],
    ["comment openings", `<broker>${"<!--".repeat(120_000)}`, "malformed"],
    ["comments", `<broker>${"<!---->".repeat(70_000)}</broker>`, "read"],
    ["comments and CDATA in turn", `<broker>${"<!--x--><![CDATA[]]>".repeat(24_000)}</broker>`, "read"],
    ["angle brackets", "<".repeat(490_000), "malformed"],
    ["ampersands", `<broker a="${"&".repeat(490_000)}"/>`, "read"],
    ["spaces", `<broker ${" ".repeat(490_000)}/>`, "read"],
    [
      "a URI of parentheses",
      `<broker><networkConnectors><networkConnector uri="${"static:(".repeat(60_000)}"/></networkConnectors></broker>`,
      "read",
    ],
    [
      "a URI of commas",
      `<broker><networkConnectors><networkConnector uri="static:(${"ssl://a:1,".repeat(48_000)})"/></networkConnectors></broker>`,
      "read",
    ],
  ])("takes no more than seconds over a huge file of %s", (_, xml, outcome) => {
    const started = performance.now();
    expect(errorOf(xml)).toBe(outcome);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
