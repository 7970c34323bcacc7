/** How a service is spoken to without an SDK client of its own. */
export interface WireService {
  /** The name signatures carry. */
  signingName: string;
  /** First part of its host names. */
  hostPrefix: string;
  /** By which AWS_ENDPOINT_URL_<SERVICE> names it, as the SDK writes it. */
  serviceId: string;
  protocol: { kind: "json-1.1"; target: string } | { kind: "ec2-query"; version: string };
}

/**
 * Services of which one or two operations are read. Their SDK clients would bring tens of megabytes (Amazon EC2) or are not to be had from every
 * registry, so requests are written and answers are read here: signer, credentials, endpoint rules and HTTP handler stay the SDK's and ours.
 */
export const WIRE_SERVICES = {
  ec2: {
    signingName: "ec2",
    hostPrefix: "ec2",
    serviceId: "EC2",
    protocol: { kind: "ec2-query", version: "2016-11-15" },
  },
  cloudtrail: {
    signingName: "cloudtrail",
    hostPrefix: "cloudtrail",
    serviceId: "CloudTrail",
    protocol: { kind: "json-1.1", target: "CloudTrail_20131101" },
  },
  health: {
    signingName: "health",
    hostPrefix: "health",
    serviceId: "Health",
    protocol: { kind: "json-1.1", target: "AWSHealth_20160804" },
  },
  pricing: {
    signingName: "pricing",
    hostPrefix: "api.pricing",
    serviceId: "Pricing",
    protocol: { kind: "json-1.1", target: "AWSPriceListService" },
  },
} as const satisfies Record<string, WireService>;

export type WireServiceName = keyof typeof WIRE_SERVICES;

/** One read operation of such a service, by its IAM action. */
export interface WireOperation<S extends WireServiceName = WireServiceName> {
  service: S;
  name: string;
}

/** Names an operation by its IAM action; the policy's test finds these calls in the code. */
export function wireOperation<S extends WireServiceName>(action: `${S}:${string}`): WireOperation<S> {
  const [service, name] = action.split(":");
  if (!isWireService<S>(service) || !name) throw new TypeError(`no operation ${action}`);
  return { service, name };
}

function isWireService<S extends WireServiceName>(service: string | undefined): service is S {
  return service !== undefined && Object.hasOwn(WIRE_SERVICES, service);
}
