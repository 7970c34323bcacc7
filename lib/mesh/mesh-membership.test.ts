import { expect, it } from "vitest";
import { meshMembership } from "@/lib/mesh/mesh-membership";
import { parseNetworkConnectors } from "@/lib/mesh/network-connectors";

function connectorTo(host: string) {
  const xml = `<broker><networkConnectors><networkConnector uri="static:(ssl://${host}:61617)"/></networkConnectors></broker>`;
  const parsed = parseNetworkConnectors(xml);
  if (!parsed.ok) throw new Error("not a configuration");
  return parsed.connectors;
}

it("joins both ends of a connector, and a broker with an external peer alone; what was not read is not known", () => {
  const b = "b-00000000-0000-4000-8000-00000000000b";
  const members = meshMembership([
    {
      key: "a",
      brokerId: "b-00000000-0000-4000-8000-00000000000a",
      connectors: connectorTo(`${b}-1.mq.eu-west-1.amazonaws.com`),
    },
    { key: "b", brokerId: b, connectors: null },
    { key: "edge", brokerId: "b-00000000-0000-4000-8000-00000000000c", connectors: connectorTo("broker.example.com") },
    { key: "alone", brokerId: "b-00000000-0000-4000-8000-00000000000d", connectors: [] },
    { key: "unread", brokerId: "b-00000000-0000-4000-8000-00000000000e", connectors: null },
  ]);
  expect(Object.fromEntries(members)).toEqual({ a: true, b: true, edge: true, alone: false, unread: null });
});
