import { STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type { WallClock } from "@/lib/domain/clock";
import { AccountChannel, type ChannelLog, LimiterRegistry } from "./account-channel";
import { ChannelSession } from "./account-session";
import { ClientPool, type CredentialSource } from "./clients";
import { assumedRole } from "./credentials";
import type { AccountAccess, AwsGateway } from "./gateway";
import { DEFAULT_HTTP_OPTIONS, type HttpHandlerOptions, PooledHttpHandler } from "./http-handler";
import { createPace } from "./pace";
import { DEFAULT_RATE_LIMITS, type RateLimit } from "./rate-limit";
import { RequestCounter } from "./request-counter";
import { DEFAULT_RETRY, type RetryPolicy } from "./retry";
import { AWS_SERVICES, type AwsService } from "./service";

/** Where STS is asked when neither environment nor configuration names a region. */
const FALLBACK_REGION = "us-east-1";

/** The account that nobody has named yet: the ambient credentials' own. Its STS limiter is apart, the others are never used. */
const AMBIENT = "ambient";

export interface GatewayOptions {
  wall: WallClock;
  log: ChannelLog;
  /** Region for STS. Default: the SDK's own (AWS_REGION, the profile's region), else us-east-1. */
  defaultRegion?: string | undefined;
  /** Instead of the defaults; `Infinity` as a rate switches a limiter off. */
  limits?: Partial<Record<AwsService, Partial<RateLimit>>>;
  retry?: Partial<RetryPolicy>;
  http?: Partial<HttpHandlerOptions>;
  /** Simulated seconds per second of the wall, for the demo. Default 1. */
  timeScale?: number | (() => number);
  /** Waits in wall milliseconds; for tests. */
  sleep?: (ms: number) => Promise<void>;
  /** Jitter, [0, 1). Default Math.random; tests pass a seeded one. */
  random?: () => number;
  /** Instead of the standard credential chain; for tests. */
  credentials?: CredentialSource;
  /** Instead of the AWS_ENDPOINT_URL variables, which the SDK reads itself; for tests. */
  endpointUrl?: string;
}

/**
 * The way to AWS. Ambient credentials come from the standard chain, roles are assumed from them. Nothing is sent until a session is asked for
 * something; no method of a session rejects for what AWS does: every outcome is a SourceResult.
 */
export function createGateway(options: GatewayOptions): AwsGateway {
  const pace = createPace(options);
  const random = options.random ?? Math.random;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const handler = new PooledHttpHandler({ ...DEFAULT_HTTP_OPTIONS, ...options.http });
  const pool = new ClientPool({
    handler,
    wall: options.wall,
    ...(options.endpointUrl ? { endpointUrl: options.endpointUrl } : {}),
  });
  const limiters = new LimiterRegistry(limitsOf(options.limits), pace);
  let ambient = options.credentials ?? fromNodeProviderChain();
  let roles = new Map<string, CredentialSource>();
  let homeRegion: Promise<string> | undefined;

  function regionForSts(): Promise<string> {
    homeRegion ??= options.defaultRegion ? Promise.resolve(options.defaultRegion) : regionOfEnvironment();
    return homeRegion;
  }

  function ambientChannel(): AccountChannel {
    return channel(AMBIENT, AMBIENT, ambient);
  }

  function channel(accountId: string, credentialsKey: string, credentials: CredentialSource): AccountChannel {
    return new AccountChannel({
      accountId,
      credentialsKey,
      credentials,
      pool,
      limiters,
      retry,
      random,
      log: options.log,
    });
  }

  function roleCredentials(key: string, roleArn: string, externalId: string | null): CredentialSource {
    const known = roles.get(key);
    if (known) return known;
    const source = assumedRole({
      roleArn,
      externalId,
      wall: options.wall,
      send: async (call) =>
        ambientChannel().call({ service: "sts", region: await regionForSts(), counter: new RequestCounter() }, call),
    });
    roles.set(key, source);
    return source;
  }

  function session(access: AccountAccess): ChannelSession {
    const { accountId, roleArn, externalId } = access;
    const key = roleArn ? `${roleArn}\n${externalId ?? ""}` : AMBIENT;
    const credentials = roleArn ? roleCredentials(key, roleArn, externalId) : ambient;
    return new ChannelSession({
      access,
      channel: channel(accountId, key, credentials),
      homeRegion: regionForSts,
      clock: options.wall,
    });
  }

  return {
    session,
    ambientIdentity: () => session({ accountId: AMBIENT, roleArn: null, externalId: null }).identity(),
    reset() {
      limiters.reset();
      pool.clear();
      roles = new Map();
      ambient = options.credentials ?? fromNodeProviderChain();
      homeRegion = undefined;
    },
    close: () => handler.close(),
  };
}

function limitsOf(overrides: GatewayOptions["limits"]): Record<AwsService, RateLimit> {
  const limits: Record<AwsService, RateLimit> = { ...DEFAULT_RATE_LIMITS };
  for (const service of AWS_SERVICES) limits[service] = { ...limits[service], ...overrides?.[service] };
  return limits;
}

/** The region the environment names, found as every AWS tool finds it. */
async function regionOfEnvironment(): Promise<string> {
  try {
    return (await new STSClient({}).config.region()) || FALLBACK_REGION;
  } catch {
    // "Region is missing": STS answers in any.
    return FALLBACK_REGION;
  }
}
