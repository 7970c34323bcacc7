/** The AWS services the product reads, by the name their IAM actions carry. */
export const AWS_SERVICES = [
  "sts",
  "mq",
  "ce",
  "cloudwatch",
  "organizations",
  "ec2",
  "cloudtrail",
  "health",
  "pricing",
] as const;

export type AwsService = (typeof AWS_SERVICES)[number];

/** How people call the services. */
export const SERVICE_TITLES: Readonly<Record<AwsService, string>> = {
  sts: "AWS STS",
  mq: "Amazon MQ",
  ce: "Cost Explorer",
  cloudwatch: "CloudWatch",
  organizations: "AWS Organizations",
  ec2: "Amazon EC2",
  cloudtrail: "CloudTrail",
  health: "AWS Health",
  pricing: "AWS Price List",
};
