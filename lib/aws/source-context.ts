import type { SyncSource } from "@/lib/domain/sync";
import type { AccountChannel } from "./account-channel";
import type { AwsFailure } from "./failure";
import type { RequestCounter } from "./request-counter";
import type { Breaker } from "./run-items";
import type { AwsService } from "./service";

/** What reading a source needs: the way to AWS, the session's counter, and the session's judgement of errors. */
export interface SourceContext {
  channel: AccountChannel;
  counter: RequestCounter;
  /** The session's memory of a source and region. */
  breaker: (source: SyncSource, region: string) => Breaker;
  /** The failure an error stands for. Knows more than `classifyAwsError`: whether a region is off. */
  failureOf: (error: unknown, service: AwsService, region: string) => Promise<AwsFailure>;
}
