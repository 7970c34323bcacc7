import { DescribeConfigurationRevisionCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { InvalidAnswerError } from "../../failure";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalInstant, optionalText } from "../../wire-values";

const answer = z.object({
  ConfigurationId: optionalText,
  Created: optionalInstant,
  Data: z.string(),
  Description: optionalText,
});

export type RevisionAnswer = z.output<typeof answer>;

/** One revision of a configuration; it never changes. Rejects with AwsCallError or InvalidAnswerError. */
export async function fetchRevision(
  { channel, counter }: SourceContext,
  region: string,
  ref: { id: string; revision: number },
): Promise<RevisionAnswer> {
  const revision = parseAnswer(
    answer,
    await channel.call({ service: "mq", region, counter }, (client) =>
      client.send(
        new DescribeConfigurationRevisionCommand({
          ConfigurationId: ref.id,
          ConfigurationRevision: String(ref.revision),
        }),
      ),
    ),
  );
  if (revision.ConfigurationId && revision.ConfigurationId !== ref.id) {
    throw new InvalidAnswerError("it is another configuration than was asked for");
  }
  return revision;
}
