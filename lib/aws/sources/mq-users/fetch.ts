import { DescribeUserCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { InvalidAnswerError } from "../../failure";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalFlag, optionalText } from "../../wire-values";

export const userAnswer = z.object({
  BrokerId: optionalText,
  Username: z.string().min(1),
  ConsoleAccess: optionalFlag,
  Groups: z.array(z.string()).nullish(),
  ReplicationUser: optionalFlag,
});

export type UserAnswer = z.output<typeof userAnswer>;

/** Describes one user of an ActiveMQ broker. AWS never tells a password. Rejects with AwsCallError or InvalidAnswerError. */
export async function fetchUser(
  { channel, counter }: SourceContext,
  region: string,
  { brokerId, username }: { brokerId: string; username: string },
): Promise<UserAnswer> {
  const user = parseAnswer(
    userAnswer,
    await channel.call({ service: "mq", region, counter }, (client) =>
      client.send(new DescribeUserCommand({ BrokerId: brokerId, Username: username })),
    ),
  );
  if (user.Username !== username) throw new InvalidAnswerError("it describes another user than was asked for");
  return user;
}
