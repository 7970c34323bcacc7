import { ListBrokersCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { brokerArn, optionalInstant, optionalText, resourceId } from "../../wire-values";

/** Largest page the API gives. */
const PAGE_SIZE = 100;

/** One entry of the listing. Identity is strict; the rest may be absent, and enum values may be ones that nobody knows yet. */
export const brokerSummary = z.object({
  BrokerArn: brokerArn,
  BrokerId: resourceId,
  BrokerName: optionalText,
  BrokerState: optionalText,
  Created: optionalInstant,
  DeploymentMode: optionalText,
  EngineType: optionalText,
  HostInstanceType: optionalText,
});

export type BrokerSummary = z.output<typeof brokerSummary>;

/** The list itself must be there: an answer without it says nothing, and would be read as "no brokers". */
const answer = z.object({ BrokerSummaries: z.array(z.unknown()), NextToken: optionalText });

/** All pages of the brokers of a region, entries not yet validated (one bad entry must not hide the others). Never rejects. */
export function fetchBrokers(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly unknown[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      answer,
      await channel.call({ service: "mq", region, counter }, (client) =>
        client.send(new ListBrokersCommand({ MaxResults: PAGE_SIZE, ...(nextToken ? { NextToken: nextToken } : {}) })),
      ),
    );
    return { page: page.BrokerSummaries, nextToken: page.NextToken };
  });
}
