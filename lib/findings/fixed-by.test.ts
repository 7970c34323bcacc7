import { describe, expect, it } from "vitest";
import { type AttributeChange, fixedBy } from "@/lib/findings/fixed-by";
import { SHIPPED_SUPPORT_CALENDAR as calendar } from "@/lib/reference/support-calendar";
import { engineVersionSupported } from "@/lib/rules/life-cycle/engine-version-supported";
import { brokerNotPublic } from "@/lib/rules/security/broker-not-public";
import { buildBroker } from "@/lib/testing/build-broker";

const change = (
  attribute: string,
  oldValue: unknown,
  newValue: unknown,
  day: string,
  before: string | null = null,
) => ({
  attribute,
  oldValue,
  newValue,
  observedAt: new Date(`${day}T06:00:00Z`),
  previousObservedAt: before ? new Date(`${before}T06:00:00Z`) : null,
});

function whoFixed(engine: string, autoMinorVersionUpgrade: boolean, ...changes: AttributeChange[]) {
  const version = changes.find(({ attribute }) => attribute === "engineVersion")?.newValue;
  const engineVersion = typeof version === "string" ? version : null;
  const broker = buildBroker({ attributes: { engine, engineVersion, autoMinorVersionUpgrade } });
  return fixedBy({ rule: engineVersionSupported, broker, changes, calendar });
}

describe("who fixed it", () => {
  it.each([
    // ActiveMQ 5.17 ended on 2025-06-16: its window is [2025-06-16, 2025-07-31).
    ["the day before the end", "2025-06-15", "2025-06-14", "owner"],
    ["on the end day", "2025-06-16", "2025-06-15", "aws"],
    ["on the last day of the window", "2025-07-30", "2025-07-29", "aws"],
    ["after the window", "2025-08-01", "2025-07-31", "owner"],
    ["in an interval that began within the window", "2025-08-04", "2025-07-28", "aws"],
  ] as const)("an upgrade to the next line seen %s", (_, day, before, expected) => {
    expect(whoFixed("ACTIVEMQ", true, change("engineVersion", "5.17.6", "5.18.4", day, before))).toBe(expected);
  });

  it("takes an upgrade further than AWS goes for the owner's", () => {
    expect(whoFixed("RABBITMQ", true, change("engineVersion", "3.11.28", "4.2.1", "2025-02-20", "2025-02-19"))).toBe(
      "owner",
    );
  });

  it("knows that AWS skips lines which are past their end themselves", () => {
    // RabbitMQ 3.9 and 3.10: on 2024-10-20 3.10 was past its end too, 3.11 was not.
    expect(whoFixed("RABBITMQ", true, change("engineVersion", "3.9.27", "3.11.28", "2024-10-20", "2024-10-19"))).toBe(
      "aws",
    );
  });

  it("gives an ordered upgrade to whoever ordered it, also in AWS's window", () => {
    const pending = change("pending", { engineVersion: "5.18" }, { engineVersion: null }, "2025-06-20", "2025-06-19");
    const upgrade = change("engineVersion", "5.17.6", "5.18.4", "2025-06-20", "2025-06-19");
    expect(whoFixed("ACTIVEMQ", true, pending, upgrade)).toBe("owner");
  });

  it("gives a patch to AWS where AWS manages patches or automatic upgrades were on", () => {
    expect(whoFixed("RABBITMQ", true, change("engineVersion", "3.13.6", "3.13.7", "2026-11-20"))).toBe("aws");
    expect(whoFixed("ACTIVEMQ", true, change("engineVersion", "5.17.5", "5.17.6", "2024-11-20"))).toBe("aws");
    expect(whoFixed("ACTIVEMQ", false, change("engineVersion", "5.17.5", "5.17.6", "2024-11-20"))).toBe("owner");
    const turnedOn = change("autoMinorVersionUpgrade", false, true, "2024-11-20");
    expect(whoFixed("ACTIVEMQ", true, turnedOn, change("engineVersion", "5.17.5", "5.17.6", "2024-11-20"))).toBe(
      "owner",
    );
  });

  it("gives everything else to the owner", () => {
    const broker = buildBroker();
    const changes = [
      change("engineVersion", "5.17.6", "5.18.4", "2025-06-20"),
      change("publiclyAccessible", true, false, "2025-06-20"),
    ];
    expect(fixedBy({ rule: brokerNotPublic, broker, changes, calendar })).toBe("owner");
    expect(fixedBy({ rule: engineVersionSupported, broker, changes: [], calendar })).toBe("owner");
    expect(whoFixed("ACTIVEMQ", true, change("engineVersion", null, "5.18.4", "2025-06-20"))).toBe("owner");
  });
});
