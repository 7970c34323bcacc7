import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import { z } from "zod";
import type { WallClock } from "@/lib/domain/clock";
import { AssumeRoleError, InvalidAnswerError } from "./failure";

/** Name of our sessions in CloudTrail and in the ARN of the assumed role. */
export const ROLE_SESSION_NAME = "mq-steward";

/** Credentials are renewed this long before they end, so that no request is under way with dead ones. */
const RENEW_BEFORE_MS = 5 * 60_000;

interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

interface RoleProviderOptions {
  roleArn: string;
  externalId: string | null;
  wall: WallClock;
  /** Sends one AssumeRole with the ambient credentials, through the rate limiter. */
  send: <T>(call: (client: STSClient) => Promise<T>) => Promise<T>;
}

const assumed = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  SessionToken: z.string().min(1),
  Expiration: z.date(),
});

/**
 * Credentials of a role, assumed with the ambient ones; kept until shortly before they end. However many requests ask at once, one AssumeRole
 * goes out. A failure is not kept: the next request asks again. Rejects with AssumeRoleError.
 */
export function assumedRole({ roleArn, externalId, wall, send }: RoleProviderOptions): () => Promise<RoleCredentials> {
  let current: RoleCredentials | undefined;
  let underWay: Promise<RoleCredentials> | undefined;

  async function assume(): Promise<RoleCredentials> {
    try {
      const answer = await send((client) =>
        client.send(
          new AssumeRoleCommand({
            RoleArn: roleArn,
            RoleSessionName: ROLE_SESSION_NAME,
            ...(externalId ? { ExternalId: externalId } : {}),
          }),
        ),
      );
      const parsed = assumed.safeParse(answer.Credentials);
      if (!parsed.success) throw new InvalidAnswerError("Credentials");
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = parsed.data;
      current = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
      };
      return current;
    } catch (cause) {
      throw new AssumeRoleError(roleArn, { cause });
    }
  }

  return () => {
    if (current && current.expiration.getTime() - wall.now().getTime() > RENEW_BEFORE_MS)
      return Promise.resolve(current);
    underWay ??= assume().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
