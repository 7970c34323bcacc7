import { describe, expect, it } from "vitest";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { PERMISSIONS } from "@/lib/contracts/permissions";
import { handlersOf, routeFiles } from "@/lib/testing/call-route";

const endpoints: [string, Endpoint][] = Object.entries(ENDPOINTS);

describe("route files of the API", () => {
  it("are exactly the registry's endpoints, method by method", async () => {
    const exported = await Promise.all(
      routeFiles().map(async (route) =>
        [...(await handlersOf(route)).keys()].map((method) => `${method} ${route.path}`),
      ),
    );
    const registered = endpoints.map(([, { method, path }]) => `${method} /api/v1${path}`);
    expect(exported.flat().sort()).toEqual(registered.sort());
  });

  it("carry the handler of their own endpoint", async () => {
    // A handler made for another endpoint would ask for that one's permission.
    const { readFileSync } = await import("node:fs");
    for (const route of routeFiles()) {
      const text = readFileSync(route.file, "utf8");
      const named = [...text.matchAll(/export const ([A-Z]+) = route\(\s*"(\w+)", getCtx,/g)].map(
        ([, method, name]) => {
          const endpoint = endpoints.find(([key]) => key === name)?.[1];
          return [method, endpoint?.method, `/api/v1${endpoint?.path}`];
        },
      );
      expect(named, route.file).not.toEqual([]);
      for (const [method, of, path] of named) expect([method, path], route.file).toEqual([of, route.path]);
    }
  });

  it("name a permission each, but health, readiness, what leads to a session, and signed links", () => {
    const open = endpoints.filter(([, { permission }]) => permission === null).map(([name]) => name);
    expect(open.sort()).toEqual([
      "acknowledgeByLink",
      "acknowledgement",
      "demoSignIn",
      "finishSignIn",
      "finishSingleSignOn",
      "health",
      "ready",
      "setUp",
      "signIn",
      "startSingleSignOn",
    ]);
    for (const [name, { permission }] of endpoints)
      expect(permission === null || permission === "signed-in" || permission in PERMISSIONS, name).toBe(true);
  });

  it("need more than a permission to read for whatever changes something", () => {
    for (const [name, { method, permission }] of endpoints)
      if (method !== "GET") expect(permission ?? "open", name).not.toMatch(/:read$/);
  });
});
