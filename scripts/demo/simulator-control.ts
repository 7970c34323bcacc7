import { z } from "zod";
import { OperatorError } from "../operator-error.mjs";

const healthSchema = z.object({ anchor: z.iso.date() });
const stateSchema = z.object({
  accounts: z.array(
    z.object({ id: z.string(), roles: z.array(z.object({ name: z.string(), externalId: z.string().optional() })) }),
  ),
  managementAccountId: z.string(),
});

/** The control address of the AWS simulator, which exists beside its AWS services and in demo and test mode alone. */
export interface SimulatorControl {
  /** The day around which the organisation's story is told. */
  anchor(): Promise<string>;
  /** Lets the simulated clock stand at an instant; null lets it run with the machine. */
  setClock(asOf: Date | null): Promise<void>;
  /** What a person who sets the product up knows: the role of each account and its external id. */
  roles(): Promise<ReadonlyMap<string, { roleName: string; externalId: string | null }>>;
}

export function simulatorControl(endpointUrl: string): SimulatorControl {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${endpointUrl}/_control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      signal: AbortSignal.timeout(10_000),
    }).catch((cause: unknown) => {
      throw new OperatorError(
        `The AWS simulator does not answer at ${endpointUrl}.`,
        "start the demo with npm run demo; its history is never made against a real AWS",
        { cause },
      );
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator ${method} ${path}: ${response.status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
  };
  return {
    anchor: async () => healthSchema.parse(await call("GET", "/health")).anchor,
    setClock: async (asOf) => {
      await call("POST", "/clock", { asOf: asOf?.toISOString() ?? null, ...(asOf ? { rate: 0 } : {}) });
    },
    roles: async () => {
      const { accounts } = stateSchema.parse(await call("GET", "/state"));
      return new Map(
        accounts.flatMap(({ id, roles: [role] }) =>
          role ? [[id, { roleName: role.name, externalId: role.externalId ?? null }] as const] : [],
        ),
      );
    },
  };
}
