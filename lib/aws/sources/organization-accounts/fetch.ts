import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalText } from "../../wire-values";

const answer = z.object({
  Accounts: z.array(
    z.object({
      Id: z.string().regex(/^\d{12}$/),
      Arn: optionalText,
      Name: optionalText,
      Email: optionalText,
      Status: optionalText,
      State: optionalText,
    }),
  ),
  NextToken: optionalText,
});

export type OrganizationAccountAnswer = z.output<typeof answer>["Accounts"][number];

/** All pages of the organisation's accounts. Never rejects. */
export function fetchOrganizationAccounts(
  { channel, counter }: SourceContext,
  region: string,
): Promise<PagesRead<readonly OrganizationAccountAnswer[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      answer,
      await channel.call({ service: "organizations", region, counter }, (client) =>
        client.send(new ListAccountsCommand({ NextToken: nextToken })),
      ),
    );
    return { page: page.Accounts, nextToken: page.NextToken };
  });
}
