import { wallClock } from "@/lib/domain/clock";
import { createGateway, type GatewayOptions } from "../create-gateway";
import type { AccountSession, AwsGateway } from "../gateway";
import { UNLIMITED_RATES } from "./unlimited-rates";

/** Account whose credentials tests use. */
export const TEST_ACCOUNT = "111122223333";

/** A gateway to a local endpoint: fixed credentials, no rate limits, no waits between attempts. */
export function testGateway(endpointUrl: string, options: Partial<GatewayOptions> = {}): AwsGateway {
  return createGateway({
    wall: wallClock,
    log: { warn: () => undefined, debug: () => undefined },
    defaultRegion: "us-east-1",
    endpointUrl,
    credentials: { accessKeyId: `AKIA0000${TEST_ACCOUNT}`, secretAccessKey: "secret" },
    limits: UNLIMITED_RATES,
    retry: { firstWaitMs: { throttle: 0, transient: 0, timeout: 0 } },
    random: () => 0.5,
    ...options,
  });
}

/** The session of the gateway's own account. */
export function ownSession(gateway: AwsGateway): AccountSession {
  return gateway.session({ accountId: TEST_ACCOUNT, roleArn: null, externalId: null });
}
