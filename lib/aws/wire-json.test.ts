import { describe, expect, it } from "vitest";
import { readWireJson } from "./wire-json";

const read = (text: string) => readWireJson(new TextEncoder().encode(text));

describe("reading an answer as it was sent", () => {
  it("gives members the SDK's names at every depth, and leaves the keys of tags alone", () => {
    expect(
      read('{"brokerId":"b","brokerInstances":[{"consoleURL":"u","ipAddress":null}],"tags":{"camelCase":"x"}}'),
    ).toEqual({
      BrokerId: "b",
      BrokerInstances: [{ ConsoleURL: "u", IpAddress: null }],
      Tags: { camelCase: "x" },
    });
  });

  it("is the same text for the same answer in any order", () => {
    const one = read('{"b":1,"a":{"y":1,"x":[{"q":1,"p":2}]},"tags":{"z":"1","k":"2"}}');
    const other = read('{"tags":{"k":"2","z":"1"},"a":{"x":[{"p":2,"q":1}],"y":1},"b":1}');
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it("keeps text beyond ASCII, and numbers as they are", () => {
    expect(read('{"name":"Grüße 🦊","size":250}')).toEqual({ Name: "Grüße 🦊", Size: 250 });
  });

  it("does not let a member named __proto__ change any object", () => {
    const answer = read('{"__proto__":{"polluted":true},"tags":{"__proto__":"t"}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
    expect(answer.polluted).toBeUndefined();
    expect(JSON.stringify(answer)).toBe('{"__proto__":{"Polluted":true},"Tags":{"__proto__":"t"}}');
  });

  it.each(["", "null", "[]", '"x"', "7", '{"a":', "<html>"])("refuses %j without quoting it", (text) => {
    expect(() => read(text)).toThrow(/^the body is not/);
  });
});
