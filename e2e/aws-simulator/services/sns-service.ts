import { AwsError } from "../wire/aws-error";
import { toXml } from "../wire/xml";
import type { MatchedCall, Service } from "./service";

/** A message that was published to a topic. */
export interface Publication {
  readonly topicArn: string;
  readonly subject: string | null;
  readonly message: string;
  readonly groupId: string | null;
  readonly deduplicationId: string | null;
  readonly attributes: Readonly<Record<string, string>>;
}

const topic = /^arn:aws:sns:([a-z0-9-]+):(\d{12}):[A-Za-z0-9_-]+(\.fifo)?$/;
const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** SNS, query protocol: Publish. Every topic of the caller's own account exists; a FIFO topic drops a deduplication id that it has seen. */
export function snsService(published: Publication[]): Service {
  return {
    id: "sns",
    protocolOf: () => "query",
    match: (call): MatchedCall | undefined => {
      const form = new URLSearchParams(call.body);
      if (form.get("Action") !== "Publish") return undefined;
      return {
        operation: "Publish",
        protocol: "query",
        page: 0,
        answer: () => {
          const topicArn = form.get("TopicArn") ?? "";
          const [, region, account] = topic.exec(topicArn) ?? [];
          if (account !== call.account.id || region !== call.region)
            throw new AwsError(404, "NotFoundException", "Topic does not exist");
          const deduplicationId = form.get("MessageDeduplicationId");
          if (!published.some((one) => deduplicationId !== null && one.deduplicationId === deduplicationId))
            published.push({
              topicArn,
              subject: form.get("Subject"),
              message: form.get("Message") ?? "",
              groupId: form.get("MessageGroupId"),
              deduplicationId,
              attributes: attributesOf(form),
            });
          const body =
            `<PublishResponse xmlns="${namespace}">${toXml("PublishResult", { MessageId: call.requestId })}` +
            `<ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata></PublishResponse>`;
          return { status: 200, contentType: "text/xml", headers: {}, body };
        },
      };
    },
  };
}

function attributesOf(form: URLSearchParams): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (let index = 1; ; index += 1) {
    const entry = `MessageAttributes.entry.${index}`;
    const name = form.get(`${entry}.Name`);
    if (name === null) return attributes;
    attributes[name] = form.get(`${entry}.Value.StringValue`) ?? "";
  }
}
