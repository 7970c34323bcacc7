import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "@/lib/contracts/endpoints";
import { openApiDocument } from "@/lib/http/openapi";

describe("openApiDocument", () => {
  const text = JSON.stringify(openApiDocument());
  const document = JSON.parse(text);

  it("describes every endpoint with its permission", () => {
    for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation?.operationId, endpoint.path).toBe(name);
      expect(operation["x-permission"]).toBe(endpoint.permission);
    }
  });

  it("has no reference that leads nowhere", () => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas[String(name)], name).toBeDefined();
    }
    expect(text).not.toContain("$defs");
  });

  it("describes queries as they are sent, not as they are parsed", () => {
    const limit = document.paths["/brokers"].get.parameters.find((p: { name: string }) => p.name === "limit");
    expect(limit.required).toBe(false);
  });
});
