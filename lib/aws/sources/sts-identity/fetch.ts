import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { z } from "zod";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";

const answer = z.object({ Account: z.string().regex(/^\d{12}$/), Arn: z.string().startsWith("arn:") });

export type CallerIdentityAnswer = z.output<typeof answer>;

/** Asks STS who the credentials belong to; needs no permission. Rejects with AwsCallError or InvalidAnswerError. */
export async function fetchCallerIdentity(
  { channel, counter }: SourceContext,
  region: string,
): Promise<CallerIdentityAnswer> {
  return parseAnswer(
    answer,
    await channel.call({ service: "sts", region, counter }, (client) => client.send(new GetCallerIdentityCommand({}))),
  );
}
