import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { MqClient } from "@aws-sdk/client-mq";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { STSClient } from "@aws-sdk/client-sts";
import { accessKeyFor } from "./wire/signature";

/** SDK clients that talk to a simulator, signing as an account (default: ambient credentials), without retries. */
export function sdkClients(url: string, options: { account?: string; region?: string; maxAttempts?: number } = {}) {
  const config = {
    endpoint: url,
    region: options.region ?? "us-east-1",
    maxAttempts: options.maxAttempts ?? 1,
    credentials: {
      accessKeyId: options.account ? accessKeyFor(options.account, "AKIA") : "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "secret",
    },
  };
  return {
    mq: new MqClient(config),
    ce: new CostExplorerClient(config),
    cloudWatch: new CloudWatchClient(config),
    sts: new STSClient(config),
    organizations: new OrganizationsClient(config),
  };
}

/** The error a promise is rejected with. @throws Error when it is fulfilled. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("expected a rejection");
}
