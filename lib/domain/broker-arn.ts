import { AppError } from "./errors";

/** The parts of a broker's ARN. The whole text is the broker's identity; the parts are for grouping and display. */
export interface BrokerArn {
  readonly arn: string;
  /** aws, aws-cn, aws-us-gov, aws-eusc ... */
  readonly partition: string;
  /** Null when the ARN leaves it out. */
  readonly region: string | null;
  /** Twelve digits; null when the ARN has something else there (seen in recorded responses: `alias/aws/mq`). */
  readonly accountId: string | null;
  /** Null where the ARN names the id alone. */
  readonly brokerName: string | null;
  /** `b-` and a UUID. */
  readonly brokerId: string;
}

/**
 * The parts of a broker ARN (`arn:partition:mq:region:account:broker:name:id`), tolerant of odd accounts, other partitions and colons inside
 * the name; undefined when the text is no broker ARN (a configuration's, another service's, a bare id). AWS-compatible endpoints also write
 * `...:broker:id`, without the name (seen in moto); that identifies a broker just as well.
 */
export function parseBrokerArn(text: string): BrokerArn | undefined {
  const parts = text.split(":");
  const [scheme, partition, service, region, account, resource] = parts;
  if (scheme !== "arn" || !partition || service !== "mq" || resource !== "broker") return undefined;
  const brokerId = parts.at(-1);
  const brokerName = parts.slice(6, -1).join(":");
  if (parts.length < 7 || !brokerId || (parts.length > 7 && !brokerName)) return undefined;
  return {
    arn: text,
    partition,
    region: region || null,
    accountId: account && /^\d{12}$/.test(account) ? account : null,
    brokerName: brokerName || null,
    brokerId,
  };
}

/** As `parseBrokerArn`, where anything else is an error: throws invalid-input. */
export function requireBrokerArn(text: string): BrokerArn {
  const parsed = parseBrokerArn(text);
  if (!parsed)
    throw new AppError("invalid-input", `not the ARN of an Amazon MQ broker: ${JSON.stringify(text.slice(0, 200))}`);
  return parsed;
}
