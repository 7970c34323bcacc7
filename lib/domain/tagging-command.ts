import { parseBrokerArn } from "./broker-arn";

/** Characters that AWS allows in a tag's value beside letters, digits and spaces of any script. */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const MAX_VALUE_LENGTH = 256;
/** Values that the AWS CLI's short syntax and a shell both take as they are. */
const PLAIN = /^[A-Za-z0-9_.:/+@-]+$/;

/** Why AWS would refuse a tag's value; null where it takes it. */
export function tagValueProblem(value: string): string | null {
  if (value.length > MAX_VALUE_LENGTH) return `A tag's value has at most ${MAX_VALUE_LENGTH} characters.`;
  return ALLOWED.test(value) ? null : "AWS allows letters, digits, spaces and _ . : / = + - @ in a tag's value.";
}

/**
 * The AWS CLI command (a POSIX shell's line) that tags a broker with its owner. The product itself changes nothing in AWS: whoever may, runs it. Values
 * with other than plain characters are written as JSON within quotes.
 */
export function taggingCommand({ arn, tagKey, value }: { arn: string; tagKey: string; value: string }): string {
  const tags =
    PLAIN.test(tagKey) && PLAIN.test(value) ? `${tagKey}=${value}` : quoted(JSON.stringify({ [tagKey]: value }));
  const region = parseBrokerArn(arn)?.region;
  const resource = PLAIN.test(arn) ? arn : quoted(arn);
  return `aws mq create-tags${region ? ` --region ${region}` : ""} --resource-arn ${resource} --tags ${tags}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
