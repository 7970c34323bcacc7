import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { CredentialSource } from "./clients";

export interface TopicPublication {
  topicArn: string;
  subject: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
  fifo: { group: string; deduplication: string } | null;
}

/** What SNS said: the id it gave, or why it refused. `status` null: no answer came. */
export type TopicAnswer = { messageId: string } | { status: number | null; code: string; message: string };

const TIMEOUT_MS = 15_000;

/**
 * Publishes to a topic with the ambient credentials, once: the outbox repeats. The only thing the product writes in AWS, and only where an administrator
 * sets such a channel up; it needs sns:Publish on the topic. Never throws.
 */
export async function publishToTopic(
  { topicArn, subject, text, attributes, fifo }: TopicPublication,
  options: { endpointUrl?: string; credentials?: CredentialSource } = {},
): Promise<TopicAnswer> {
  const client = new SNSClient({
    region: topicArn.split(":")[3] ?? "",
    maxAttempts: 1,
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });
  try {
    const answer = await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: text,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
        ),
        ...(fifo ? { MessageGroupId: fifo.group, MessageDeduplicationId: fifo.deduplication } : {}),
      }),
      { abortSignal: AbortSignal.timeout(TIMEOUT_MS) },
    );
    return { messageId: answer.MessageId ?? "" };
  } catch (error) {
    return failureOf(error);
  } finally {
    client.destroy();
  }
}

function failureOf(error: unknown): TopicAnswer {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : null;
  const status =
    typeof metadata === "object" &&
    metadata !== null &&
    "httpStatusCode" in metadata &&
    typeof metadata.httpStatusCode === "number"
      ? metadata.httpStatusCode
      : null;
  return { status, code: name, message };
}
