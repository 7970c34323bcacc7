import type { SimulatedClock } from "../clock";
import type { FleetIndex } from "../fleet-index";
import type { Account } from "../organisation/model";
import type { Reply, WireProtocol } from "../wire/reply";

/** Settings that the control address changes while the simulator runs. */
export interface SimulatorSettings {
  throttle: boolean;
  latencyMs: number;
  /** Whether Cost Explorer's opt-in for resource-level data is on. */
  resourceLevelCosts: boolean;
  /** Whether every opt-in region is switched on for every account. */
  optInRegions: boolean;
}

/** A signed request, read but not yet understood. */
export interface IncomingCall {
  readonly method: string;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly target: string | undefined;
  readonly body: string;
  readonly region: string;
  readonly account: Account;
  /** ARN of the caller, as GetCallerIdentity would say it. */
  readonly principalArn: string;
  readonly accessKeyId: string;
  readonly now: number;
  readonly requestId: string;
}

export interface ServiceContext {
  readonly fleet: FleetIndex;
  readonly clock: SimulatedClock;
  readonly settings: SimulatorSettings;
}

/** A call whose operation is known. */
export interface MatchedCall {
  readonly operation: string;
  readonly protocol: WireProtocol;
  /** 0 for the first page of a listing. */
  readonly page: number;
  /** @throws AwsError */
  readonly answer: () => Reply;
}

/** One AWS service: recognises its calls. An unknown operation comes back as undefined, with the protocol to answer in. */
export interface Service {
  readonly id:
    | "mq"
    | "ce"
    | "monitoring"
    | "sts"
    | "organizations"
    | "ec2"
    | "cloudtrail"
    | "health"
    | "pricing"
    | "sns";
  readonly protocolOf: (call: IncomingCall) => WireProtocol;
  readonly match: (call: IncomingCall) => MatchedCall | undefined;
}
