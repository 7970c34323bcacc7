import { DescribeBrokerEngineTypesCommand, DescribeBrokerInstanceOptionsCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalText } from "../../wire-values";

/** Largest page the API gives. */
const PAGE_SIZE = 100;

const named = z.object({ Name: optionalText });

const engineTypes = z.object({
  BrokerEngineTypes: z.array(z.object({ EngineType: z.string().min(1), EngineVersions: z.array(named).nullish() })),
  NextToken: optionalText,
});

const instanceOptions = z.object({
  BrokerInstanceOptions: z.array(
    z.object({
      AvailabilityZones: z.array(named).nullish(),
      EngineType: z.string().min(1),
      HostInstanceType: z.string().min(1),
      StorageType: optionalText,
      SupportedDeploymentModes: z.array(z.string()).nullish(),
      SupportedEngineVersions: z.array(z.string()).nullish(),
    }),
  ),
  NextToken: optionalText,
});

export type EngineTypeAnswer = z.output<typeof engineTypes>["BrokerEngineTypes"][number];
export type InstanceOptionAnswer = z.output<typeof instanceOptions>["BrokerInstanceOptions"][number];

/** All pages of the engine versions offered in a region. Never rejects. */
export function fetchEngineTypes(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly EngineTypeAnswer[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      engineTypes,
      await channel.call({ service: "mq", region, counter }, (client) =>
        client.send(new DescribeBrokerEngineTypesCommand({ MaxResults: PAGE_SIZE, NextToken: nextToken })),
      ),
    );
    return { page: page.BrokerEngineTypes, nextToken: page.NextToken };
  });
}

/** All pages of the instance types offered in a region. Never rejects. */
export function fetchInstanceOptions(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly InstanceOptionAnswer[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      instanceOptions,
      await channel.call({ service: "mq", region, counter }, (client) =>
        client.send(new DescribeBrokerInstanceOptionsCommand({ MaxResults: PAGE_SIZE, NextToken: nextToken })),
      ),
    );
    return { page: page.BrokerInstanceOptions, nextToken: page.NextToken };
  });
}
