import type { Logger } from "pino";
import { classifyAwsError } from "./classify-error";
import type { ClientPool, CredentialSource, ServiceClients } from "./clients";
import { AssumeRoleError, AwsCallError } from "./failure";
import type { Pace } from "./pace";
import { AdaptiveLimiter, type RateLimit } from "./rate-limit";
import type { RequestCounter } from "./request-counter";
import { type RetryPolicy, retryDelayMs } from "./retry";
import type { AwsService } from "./service";

/** The limiters of all accounts, by account and service (and region, where AWS counts so): AWS counts per account, whoever calls. */
export class LimiterRegistry {
  readonly #limiters = new Map<string, AdaptiveLimiter>();

  constructor(
    readonly limits: Readonly<Record<AwsService, RateLimit>>,
    readonly pace: Pace,
  ) {}

  of(accountId: string, service: AwsService, region: string): AdaptiveLimiter {
    const key = `${accountId}/${service}${this.limits[service].perRegion ? `/${region}` : ""}`;
    const limiter = this.#limiters.get(key) ?? new AdaptiveLimiter(this.limits[service], this.pace);
    this.#limiters.set(key, limiter);
    return limiter;
  }

  reset(): void {
    this.#limiters.clear();
  }
}

export interface ChannelOptions {
  accountId: string;
  credentialsKey: string;
  credentials: CredentialSource;
  pool: ClientPool;
  limiters: LimiterRegistry;
  retry: RetryPolicy;
  random: () => number;
  log: ChannelLog;
}

/** The part of pino that is used. */
export type ChannelLog = Pick<Logger, "warn" | "debug">;

export interface CallOptions {
  service: AwsService;
  region: string;
  counter: RequestCounter;
  /** What AWS charges for when it answers. Default 0. */
  billableUnits?: number;
}

/** The one way to AWS of an account: its credentials, its rate limits, retries. */
export class AccountChannel {
  readonly #options: ChannelOptions;

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  get accountId(): string {
    return this.#options.accountId;
  }

  /** Sends one request, again where that may help. Rejects with AwsCallError. */
  async call<S extends AwsService, T>(
    options: CallOptions & { service: S },
    send: (client: ServiceClients[S]) => Promise<T>,
  ): Promise<T> {
    const { service, region, counter } = options;
    const { pool, limiters, retry, random, credentialsKey, credentials } = this.#options;
    const limiter = limiters.of(this.#options.accountId, service, region);
    for (let attempt = 1; ; attempt += 1) {
      await limiter.acquire();
      let failed: AwsCallError;
      try {
        const answer = await send(pool.client(service, region, credentialsKey, credentials));
        counter.sent(service, attempt > 1);
        counter.billed(service, options.billableUnits ?? 0);
        return answer;
      } catch (cause) {
        if (!isOfCredentials(cause)) counter.sent(service, attempt > 1);
        failed = new AwsCallError(classifyAwsError(cause, service, region), { cause });
      } finally {
        limiter.release();
      }
      if (failed.failure.retry === "throttle") {
        counter.throttled(service);
        limiter.throttled();
      }
      this.#report(failed, options, attempt);
      const waitMs = retryDelayMs(retry, failed.failure.retry, attempt, random);
      if (waitMs === null) throw failed;
      await limiters.pace.sleep(waitMs);
    }
  }

  /** AWS's message stays out of the log where it may quote the signed request; an error nobody foresaw is logged whole. */
  #report({ failure, cause }: AwsCallError, { service, region }: CallOptions, attempt: number): void {
    const { log, accountId } = this.#options;
    const { awsCode, errorCode } = failure;
    const facts = { accountId, service, region, attempt, awsCode, errorCode };
    if (errorCode === "internal") log.warn({ ...facts, err: cause }, "an AWS request failed for an unknown reason");
    else log.debug(facts, "an AWS request failed");
  }
}

/** Whether getting credentials failed, so that no request left. */
function isOfCredentials(error: unknown): boolean {
  return (
    error instanceof AssumeRoleError ||
    (error instanceof Error && /^(Credentials|Token)?ProviderError$/.test(error.name))
  );
}
