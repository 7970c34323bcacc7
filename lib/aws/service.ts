/** The AWS services the product reads, by the name their IAM actions carry. */
export type AwsService = "sts" | "mq" | "ce" | "cloudwatch" | "organizations";

/** How people call the services. */
export const SERVICE_TITLES: Readonly<Record<AwsService, string>> = {
  sts: "AWS STS",
  mq: "Amazon MQ",
  ce: "Cost Explorer",
  cloudwatch: "CloudWatch",
  organizations: "AWS Organizations",
};
