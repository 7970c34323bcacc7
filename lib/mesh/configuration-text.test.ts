import { expect, it } from "vitest";
import { readConfigurationText } from "./configuration-text";

const broker = (inner: string) => `<broker xmlns="http://activemq.apache.org/schema/core">${inner}</broker>`;
const map = "<plugins><authorizationPlugin><map><authorizationMap/></map></authorizationPlugin></plugins>";

it("finds an authorization map, and none in a comment", () => {
  expect(readConfigurationText(broker(map)).hasAuthorizationMap).toBe(true);
  expect(readConfigurationText(broker(`<!-- ${map} -->`)).hasAuthorizationMap).toBe(false);
  expect(readConfigurationText(broker(""))).toEqual({ problem: null, connectors: [], hasAuthorizationMap: false });
});

it("reads connectors beside it", () => {
  const text = broker(
    `<networkConnectors><networkConnector name="a" uri="static:(ssl://b-1.mq.eu-west-1.amazonaws.com:61617)"/></networkConnectors>${map}`,
  );
  expect(readConfigurationText(text)).toMatchObject({ hasAuthorizationMap: true, connectors: [{ name: "a" }] });
});

it("says why it could not understand a text", () => {
  expect(readConfigurationText(`<broker><networkConnector>${map}`)).toMatchObject({
    connectors: null,
    problem: expect.any(String),
  });
});
