import { z } from "zod";
import type { SimulatedClock } from "./clock";
import { type Faults, faultSchema } from "./faults";
import type { FleetIndex } from "./fleet-index";
import type { Journal } from "./journal";
import { mutate, mutationSchema } from "./mutations";
import { describeBrokerJson } from "./services/mq/broker-json";
import type { SimulatorSettings } from "./services/service";
import type { Publication } from "./services/sns-service";
import type { TokenBuckets } from "./throttle";

const clockSchema = z.strictObject({
  asOf: z.iso.datetime({ offset: true }).or(z.iso.date()).nullable(),
  rate: z.number().nonnegative().optional(),
});
const faultsSchema = z.strictObject({ add: z.array(faultSchema) });
const removeSchema = z.strictObject({ ids: z.array(z.string()).optional() });
const settingsSchema = z
  .strictObject({
    throttle: z.boolean(),
    latencyMs: z.number().min(0).max(60_000),
    resourceLevelCosts: z.boolean(),
    optInRegions: z.boolean(),
  })
  .partial();

export interface ControlParts {
  readonly fleet: FleetIndex;
  readonly clock: SimulatedClock;
  readonly settings: SimulatorSettings;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly buckets: ReadonlyMap<string, TokenBuckets>;
  readonly published: readonly Publication[];
}

export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

function state(parts: ControlParts, search: URLSearchParams): unknown {
  const at = search.get("at");
  const instant = at ? Date.parse(at) : parts.clock.now();
  return {
    asOf: new Date(instant).toISOString(),
    anchor: parts.fleet.organisation.anchor,
    organisationId: parts.fleet.organisation.id,
    managementAccountId: parts.fleet.organisation.managementAccountId,
    accounts: parts.fleet.organisation.accounts,
    brokers: parts.fleet.state(instant).map(({ broker, attributes }) => ({
      account: broker.account,
      region: broker.region,
      billed: attributes.billed,
      ...describeBrokerJson(broker, attributes),
    })),
  };
}

/** Answers one request to the control address: `path` is what follows `/_control`. */
export function control(
  method: string,
  path: string,
  search: URLSearchParams,
  body: unknown,
  parts: ControlParts,
): ControlReply {
  const { fleet, clock, settings, faults, journal } = parts;
  const ok = (value: unknown): ControlReply => ({ status: 200, body: value });
  try {
    switch (`${method} ${path}`) {
      case "GET /health":
        return ok({
          status: "ok",
          anchor: fleet.organisation.anchor,
          clock: clock.describe(),
          settings,
          faults: faults.list().length,
        });
      case "GET /clock":
        return ok(clock.describe());
      case "POST /clock": {
        clock.set(clockSchema.parse(body));
        return ok(clock.describe());
      }
      case "GET /faults":
        return ok({ faults: faults.list() });
      case "POST /faults":
        return ok({ ids: faults.add(faultsSchema.parse(body).add) });
      case "DELETE /faults": {
        faults.remove(removeSchema.parse(body ?? {}).ids);
        return ok({ faults: faults.list() });
      }
      case "GET /settings":
        return ok(settings);
      case "POST /settings": {
        Object.assign(settings, settingsSchema.parse(body));
        return ok(settings);
      }
      case "GET /journal":
        return ok(journal.report());
      case "DELETE /journal": {
        journal.reset();
        return ok(journal.report());
      }
      case "GET /published":
        return ok({ messages: parts.published });
      case "DELETE /throttle": {
        for (const buckets of parts.buckets.values()) buckets.reset();
        return ok({ refilled: true });
      }
      case "POST /mutate":
        return ok(mutate(fleet, mutationSchema.parse(body), clock.now()));
      case "GET /state":
        return ok(state(parts, search));
      default:
        return { status: 404, body: { message: `no control address ${method} /_control${path}` } };
    }
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, body: { message: z.prettifyError(error) } };
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}
