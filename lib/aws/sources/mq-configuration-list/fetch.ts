import { ListConfigurationsCommand } from "@aws-sdk/client-mq";
import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalInstant, optionalText, optionalWhole, resourceId } from "../../wire-values";

/** Largest page the API gives. */
const PAGE_SIZE = 100;

/** One entry of the listing. Identity is strict, the rest may be absent. */
export const configurationSummary = z.object({
  Arn: resourceId,
  Id: resourceId,
  Name: optionalText,
  EngineType: optionalText,
  EngineVersion: optionalText,
  Created: optionalInstant,
  LatestRevision: z.object({ Revision: optionalWhole, Created: optionalInstant }).nullish(),
});

export type ConfigurationSummary = z.output<typeof configurationSummary>;

/** The list itself must be there: an answer without it says nothing, and would be read as "no configurations". */
const answer = z.object({ Configurations: z.array(z.unknown()), NextToken: optionalText });

/** All pages of the configurations of a region, entries not yet validated. Never rejects. */
export function fetchConfigurations(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly unknown[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      answer,
      await channel.call({ service: "mq", region, counter }, (client) =>
        client.send(
          new ListConfigurationsCommand({ MaxResults: PAGE_SIZE, ...(nextToken ? { NextToken: nextToken } : {}) }),
        ),
      ),
    );
    return { page: page.Configurations, nextToken: page.NextToken };
  });
}
