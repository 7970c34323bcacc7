import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { patchStatus } from "./newer-patch";

describe("patchStatus", () => {
  it.each([
    ["ACTIVEMQ", "5.17.1", "2022-11-08", { state: "newest", version: "5.17.1" }],
    ["ACTIVEMQ", "5.17.1", "2022-11-09", { state: "newer-offered", newest: "5.17.2", offeredOn: "2022-11-09" }],
    ["ACTIVEMQ", "5.17.3", "2026-11-21", { state: "newer-offered", newest: "5.17.6" }],
    ["ACTIVEMQ", "5.17.6", "2026-11-21", { state: "newest" }],
    ["RABBITMQ", "3.8.6", "2026-11-21", { state: "newer-offered", newest: "3.8.34" }],
    ["RABBITMQ", "3.10.10", "2023-03-15", { state: "newest" }],
    ["RABBITMQ", "3.10.10", "2023-04-14", { state: "newer-offered", newest: "3.10.20" }],
    ["RABBITMQ", "3.13.7", "2026-11-21", { state: "managed-by-aws" }],
    ["ACTIVEMQ", "5.18", "2026-11-21", { state: "managed-by-aws" }],
    ["ACTIVEMQ", "5.17", "2026-11-21", { state: "unknown", reason: "the patch level of 5.17 was not observed" }],
    ["ACTIVEMQ", "5.14.0", "2026-11-21", { state: "unknown" }],
    ["ARTEMIS", "2.1.0", "2026-11-21", { state: "unknown" }],
    ["RABBITMQ", "newest", "2026-11-21", { state: "unknown" }],
  ])("of %s %s on %s", (engine, version, on, expected) => {
    expect(patchStatus({ engine, version, on: parsePlainDate(on) })).toMatchObject(expected);
  });
});
