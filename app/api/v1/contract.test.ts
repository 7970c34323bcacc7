import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint, type EndpointName } from "@/lib/contracts/endpoints";
import { isPermission, PERMISSIONS } from "@/lib/contracts/permissions";
import { openApiDocument } from "@/lib/http/openapi";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { actorWith } from "@/lib/testing/build-actor";
import { type Examples, exampleAddresses, examplesOf } from "@/lib/testing/example-addresses";

/** Both engines, all deployment modes, a replica, an unreachable broker, unknown types and odd tags. */
const BROKERS = [
  "checkout-orders",
  "route-planner",
  "wms-core",
  "dev-linus",
  "early-access",
  "sepa-clearing-dr",
  "pallet-events",
];

let api: ApiHarness;
let examples: Examples;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  const patched = await api.call("PATCH", "/api/v1/settings", { body: { metricsSeriesPerBroker: 2 } });
  expect(patched.status).toBe(200);
  expect(await api.sync("2026-11-12T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
  expect(await api.sync("2026-11-20T06:00:00Z")).toBe("complete");
  examples = await examplesOf(api);
}, 120_000);
afterAll(() => api.close());

const endpoints: [EndpointName, Endpoint][] = Object.entries(ENDPOINTS).flatMap(([name, endpoint]) =>
  isEndpointName(name) ? [[name, endpoint]] : [],
);
function isEndpointName(name: string): name is EndpointName {
  return name in ENDPOINTS;
}
const reading = endpoints.filter(([, { method }]) => method === "GET").map(([name]) => name);

/** The schema of an endpoint's answer as the published document has it. */
function describedSchema(name: EndpointName): z.ZodType {
  const { path, method, status = 200 }: Endpoint = ENDPOINTS[name];
  const text = JSON.stringify(openApiDocument()).replaceAll("#/components/schemas/", "#/$defs/");
  const json = z.looseObject({}).parse(JSON.parse(text));
  const schema = at(
    json,
    "paths",
    path,
    method.toLowerCase(),
    "responses",
    String(status),
    "content",
    "application/json",
    "schema",
  );
  return z.fromJSONSchema({
    ...z.looseObject({}).parse(schema),
    $defs: z.record(z.string(), z.looseObject({})).parse(at(json, "components", "schemas")),
  });
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner, key) => z.looseObject({}).parse(inner)[key], value);
}

/** Files that are no text. */
const BINARY: ReadonlySet<string> = new Set([
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]);

/** Files that programs read as they are, not to be saved. */
const SHOWN: ReadonlySet<string> = new Set(["text/calendar", "text/plain; version=0.0.4"]);

describe("every address that reads", () => {
  it.each(reading)("%s answers as its contract and the published description say", async (name) => {
    const endpoint: Endpoint = ENDPOINTS[name];
    const addresses = exampleAddresses(examples)[name] ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) {
      const answer = await api.call("GET", `/api/v1${address}`, { headers: { "x-request-id": "test-request-1" } });
      expect(answer.status, `${address}: ${answer.text.slice(0, 300)}`).toBe(200);
      expect(answer.headers.get("cache-control"), address).toBe("no-store");
      expect(answer.headers.get("x-request-id"), address).toBe("test-request-1");
      if (typeof endpoint.response === "string") {
        const charset = BINARY.has(endpoint.response) ? "" : "; charset=utf-8";
        expect(answer.headers.get("content-type")).toBe(`${endpoint.response}${charset}`);
        if (!SHOWN.has(endpoint.response))
          expect(answer.headers.get("content-disposition")).toMatch(
            /^attachment; filename="[\w.-]+\.(csv|md|pdf|xlsx|json)"$/,
          );
        continue;
      }
      expect(answer.headers.get("content-type"), address).toBe("application/json; charset=utf-8");
      const body = answer.json();
      // The contract strips what it does not know: an equal copy means there was nothing else.
      expect(endpoint.response.parse(body), address).toEqual(body);
      const described = describedSchema(name).safeParse(body);
      expect(described.success, `${address}: ${described.error?.message.slice(0, 600)}`).toBe(true);
    }
  });

  it("answers HEAD as GET without problem", async () => {
    expect((await api.call("HEAD", "/api/v1/brokers")).status).toBe(200);
  });

  it("gives a request an id where it brings none or one that is unusable", async () => {
    const bare = await api.call("GET", "/api/v1/health");
    expect(bare.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    const odd = await api.call("GET", "/api/v1/health", { headers: { "x-request-id": "a b<script>" } });
    expect(odd.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });

  it("shows no external id and no secret anywhere", async () => {
    for (const addresses of Object.values(exampleAddresses(examples))) {
      for (const address of addresses ?? [])
        expect((await api.call("GET", `/api/v1${address}`)).text, address).not.toContain("mq-steward-demo");
    }
  });
});

describe("permissions", () => {
  afterAll(() => api.actAs(null));

  it.each(endpoints)("%s is refused without its permission, whatever else is allowed", async (_name, endpoint) => {
    const others = Object.keys(PERMISSIONS)
      .filter(isPermission)
      .filter((permission) => permission !== endpoint.permission);
    api.actAs(actorWith(others));
    const address = `/api/v1${endpoint.path.replace(/\{\w+\}/g, "nothing")}`;
    const answer = await api.call(endpoint.method, address, endpoint.method === "GET" ? {} : { body: {} });
    if (endpoint.permission === null || endpoint.permission === "signed-in") {
      return expect([401, 403]).not.toContain(answer.status);
    }
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const body = problem.strict().parse(answer.json());
    expect(body).toMatchObject({ status: 403, code: "forbidden", requestId: answer.headers.get("x-request-id") });
    expect(body.detail).toContain(endpoint.permission);
  });

  it("is enough alone for everything that reads", async () => {
    for (const name of reading) {
      const { permission }: Endpoint = ENDPOINTS[name];
      api.actAs(actorWith(permission === null || permission === "signed-in" ? [] : [permission]));
      const [address] = exampleAddresses(examples)[name] ?? [];
      expect((await api.call("GET", `/api/v1${address}`)).status, name).toBe(200);
    }
  });
});
