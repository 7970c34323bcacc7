import { describe, expect, it } from "vitest";
import { queryBody, readQueryError, readQueryXml } from "./query-wire";

const xml = (text: string) => new TextEncoder().encode(text);

describe("writing a query request", () => {
  it("numbers lists from one, joins names with dots and leaves out what is not set", () => {
    const body = queryBody("DescribeSubnets", "2016-11-15", {
      Filter: [{ Name: "subnet-id", Value: ["subnet-1", "subnet-2"] }],
      MaxResults: 1000,
      NextToken: undefined,
    });
    expect([...new URLSearchParams(body)]).toEqual([
      ["Action", "DescribeSubnets"],
      ["Version", "2016-11-15"],
      ["Filter.1.Name", "subnet-id"],
      ["Filter.1.Value.1", "subnet-1"],
      ["Filter.1.Value.2", "subnet-2"],
      ["MaxResults", "1000"],
    ]);
  });
});

describe("reading a query answer", () => {
  it("gives lists for items, one or many, and texts for everything else", () => {
    expect(
      readQueryXml(xml('<?xml version="1.0"?><R xmlns="urn:x"><set><item><id>007</id></item></set><none/></R>')),
    ).toEqual({ set: { item: [{ id: "007" }] }, none: "" });
  });

  it.each([
    ["a page of HTML", "<!doctype html>\n<html><title>404</title></html>"],
    ["JSON", '{"message":"no"}'],
    ["half an answer", "<R><set><item>"],
    ["a document type that defines entities", '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'],
    ["nothing", ""],
  ])("refuses %s without quoting it", (_what, text) => {
    expect(() => readQueryXml(xml(text))).toThrow(/the body (is not XML|has no content)/);
  });
});

describe("reading a query error", () => {
  it("knows Amazon EC2's form and the older one", () => {
    const error = "<Error><Code>UnauthorizedOperation</Code><Message>You may not.</Message></Error>";
    const read = { code: "UnauthorizedOperation", message: "You may not." };
    expect(readQueryError(xml(`<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`))).toEqual(read);
    expect(readQueryError(xml(`<ErrorResponse>${error}</ErrorResponse>`))).toEqual(read);
  });

  it("says nothing of an answer that is none", () => {
    expect(readQueryError(xml("<html><body>Bad gateway</body></html>"))).toBeNull();
  });
});
