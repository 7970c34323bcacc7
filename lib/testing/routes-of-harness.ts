import { type Composition, WEB_COMPOSITION } from "@/lib/context";
import type { EndpointName } from "@/lib/contracts/endpoints";
import { buildPersonActor } from "@/lib/testing/build-actor";
import { callRoute } from "@/lib/testing/call-route";
import { exampleAddresses } from "@/lib/testing/example-addresses";
import type { SyncHarness } from "@/lib/testing/sync-harness";

/** Addresses that ask AWS or need a finding, an owner, a plan or somebody who has signed in, which not every harness has. */
const NOT_ASKED: readonly EndpointName[] = [
  "discoverAccounts",
  "finding",
  "owner",
  "plan",
  "planCsv",
  "planMarkdown",
  "report",
  "reportPdf",
  "reportXlsx",
  "reportCsv",
  "reportJson",
  "campaign",
  "campaignCsv",
  "campaignMarkdown",
  "health",
  "ready",
  "openapi",
  "session",
  "secondFactor",
  "keys",
  "singleSignOn",
  "acknowledgement",
];

/** Lets the real routes answer from the database of a sync harness. One harness at a time: routes find their composition on the process. */
export function routesOfHarness({ ctx }: Pick<SyncHarness, "ctx">) {
  const holder = globalThis as typeof globalThis & { [WEB_COMPOSITION]?: Composition };
  holder[WEB_COMPOSITION] = {
    databaseUrl: "",
    log: ctx.log,
    ctx: async () => ctx,
    auth: () => {
      throw new Error("nobody signs in at this harness");
    },
    actorOf: async () => buildPersonActor(),
    forgetActors: () => {},
    close: async () => {},
  };
  return {
    call: callRoute,
    /** The JSON of a GET that must succeed. */
    get: async (address: string): Promise<unknown> => {
      const answer = await callRoute("GET", `/api/v1${address}`);
      if (answer.status !== 200) throw new Error(`GET ${address}: ${answer.status} ${answer.text.slice(0, 500)}`);
      return answer.json();
    },
    /** The answers other than 200 of every address that reads, with the broker and sync named. Each answer is checked by its contract. */
    refusals: async (brokerId: string, runId: number): Promise<string[]> => {
      const id = encodeURIComponent(brokerId);
      const addresses = exampleAddresses({
        brokerId: id,
        brokerArn: brokerId,
        findingId: "0",
        syncId: String(runId),
        planId: "0",
        campaignId: "0",
        reportId: "0",
        linkToken: "none",
      });
      const refused: string[] = [];
      for (const [name, examples] of Object.entries(addresses)) {
        if (NOT_ASKED.some((other) => other === name)) continue;
        for (const address of examples ?? []) {
          const answer = await callRoute("GET", `/api/v1${address}`);
          if (answer.status !== 200) refused.push(`${address}: ${answer.status} ${answer.text.slice(0, 200)}`);
        }
      }
      return refused;
    },
  };
}
