import type { CallerIdentity } from "../../gateway";
import type { CallerIdentityAnswer } from "./fetch";

/** The caller, with the partition its ARN names (aws, aws-cn, aws-us-gov ...). */
export function normalizeCallerIdentity({ Account, Arn }: CallerIdentityAnswer): CallerIdentity {
  return { accountId: Account, arn: Arn, partition: Arn.split(":")[1] || "aws" };
}
