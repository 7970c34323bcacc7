import { z } from "zod";
import { problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";

/** JSON Schema of a contract, without the dialect marker that OpenAPI 3.1 states once. Named schemas go to components. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
  return rest;
}

/** Moves the `$defs` of a schema (zod's name for schemas with an id) to components and rewrites the references. */
function hoist(schema: Record<string, unknown>, components: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const parsed: Record<string, unknown> = JSON.parse(text);
  const defs = parsed.$defs;
  if (typeof defs === "object" && defs !== null) {
    for (const [name, value] of Object.entries(defs)) components[name] ??= value;
  }
  delete parsed.$defs;
  const id = parsed.id;
  if (typeof id === "string") {
    delete parsed.id;
    components[id] ??= parsed;
    return { $ref: `#/components/schemas/${id}` };
  }
  return parsed;
}

function parametersOf(endpoint: Endpoint): Record<string, unknown>[] {
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((m) => ({
    name: m[1],
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (!endpoint.query) return inPath;
  const { properties, required } = schemaOf(endpoint.query, "input");
  const fields = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  const needed = Array.isArray(required) ? required : [];
  return [
    ...inPath,
    ...fields.map(([name, schema]) => ({
      name,
      in: "query",
      required: needed.includes(name),
      schema,
    })),
  ];
}

/** The OpenAPI 3.1 document of /api/v1, made from the contracts that the routes themselves parse and answer with. */
export function openApiDocument(): Record<string, unknown> {
  const components: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  const problemRef = hoist(schemaOf(problem, "output"), components);
  const list: [string, Endpoint][] = Object.entries(ENDPOINTS);
  for (const [name, endpoint] of list) {
    const content =
      typeof endpoint.response === "string"
        ? { [endpoint.response]: { schema: { type: "string" } } }
        : { "application/json": { schema: hoist(schemaOf(endpoint.response, "output"), components) } };
    const operation: Record<string, unknown> = {
      operationId: name,
      summary: endpoint.summary,
      tags: [endpoint.path.split("/")[1] ?? "api"],
      parameters: parametersOf(endpoint),
      "x-permission": endpoint.permission,
      responses: {
        [String(endpoint.status ?? 200)]: { description: endpoint.summary, content },
        default: { description: "Problem (RFC 9457)", content: { "application/problem+json": { schema: problemRef } } },
      },
    };
    if (endpoint.body)
      operation.requestBody = {
        required: true,
        content: { "application/json": { schema: hoist(schemaOf(endpoint.body, "input"), components) } },
      };
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "MQ Steward API",
      version: "1",
      description:
        "Governance and cost of Amazon MQ. Amounts are exact decimals as text; instants are UTC; lists are paged by cursor with a total.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: { schemas: components },
  };
}
