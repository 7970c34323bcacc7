import {
  DescribeBrokerCommand,
  DescribeBrokerEngineTypesCommand,
  DescribeBrokerInstanceOptionsCommand,
  DescribeConfigurationCommand,
  DescribeConfigurationRevisionCommand,
  DescribeUserCommand,
  ListBrokersCommand,
  ListConfigurationRevisionsCommand,
  ListConfigurationsCommand,
  ListTagsCommand,
  ListUsersCommand,
  paginateListBrokers,
  RebootBrokerCommand,
} from "@aws-sdk/client-mq";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logistics, payments, sandbox, staging } from "./organisation/accounts";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { rejection, sdkClients } from "./sdk-clients";
import { type Simulator, startSimulator } from "./simulator";

const anchor = "2026-11-20";
const asOf = `${anchor}T12:00:00.000Z`;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ organisation: fictionalOrganisation({ anchor }), asOf, rate: 0, throttle: false });
});
afterAll(() => simulator.close());

function mq(account = payments, region = "us-east-1") {
  return sdkClients(simulator.url, { account, region }).mq;
}

async function brokersOf(account: string, region: string, pageSize?: number) {
  const summaries = [];
  for await (const page of paginateListBrokers({ client: mq(account, region), pageSize }, {}))
    summaries.push(...(page.BrokerSummaries ?? []));
  return summaries;
}

async function idOf(name: string, account = payments, region = "us-east-1"): Promise<string> {
  const found = (await brokersOf(account, region)).find((summary) => summary.BrokerName === name);
  if (!found?.BrokerId) throw new Error(`no ${name}`);
  return found.BrokerId;
}

describe("ListBrokers", () => {
  it("gives every broker exactly once over any number of pages, and what exists agrees with the organisation", async () => {
    const expected = simulator.fleet.brokersOf(payments, "us-east-1", Date.parse(asOf)).map((broker) => broker.id);
    expect(expected.length).toBeGreaterThan(8);
    for (const size of [1, 3, 100, undefined]) {
      const ids = (await brokersOf(payments, "us-east-1", size)).map((summary) => summary.BrokerId);
      expect(ids).toEqual(expected);
    }
  });

  it("holds to the page size asked for and to twenty without", async () => {
    const page = await mq().send(new ListBrokersCommand({ MaxResults: 5 }));
    expect(page.BrokerSummaries).toHaveLength(5);
    expect(page.NextToken).toBeDefined();
    expect((await mq(staging).send(new ListBrokersCommand({}))).BrokerSummaries?.length).toBeLessThanOrEqual(20);
  });

  it("goes on in the right place when a broker disappears between two pages", async () => {
    const first = await mq().send(new ListBrokersCommand({ MaxResults: 3 }));
    const gone = first.BrokerSummaries?.[2]?.BrokerId ?? "";
    const before = (await brokersOf(payments, "us-east-1")).map((summary) => summary.BrokerId);
    simulator.control("POST", "/mutate", { broker: gone, delete: true });
    const second = await mq().send(new ListBrokersCommand({ MaxResults: 100, NextToken: first.NextToken }));
    simulator.control("POST", "/mutate", { reset: true });
    expect(second.BrokerSummaries?.map((summary) => summary.BrokerId)).toEqual(before.slice(3));
  });

  it("refuses a token it did not make and a page of 101", async () => {
    expect((await rejection(mq().send(new ListBrokersCommand({ NextToken: "nonsense" })))).name).toBe(
      "BadRequestException",
    );
    expect((await rejection(mq().send(new ListBrokersCommand({ MaxResults: 101 })))).name).toBe("BadRequestException");
  });

  it("answers an empty list where there are no brokers, and refuses opt-in regions that are off", async () => {
    expect((await mq(payments, "ap-northeast-1").send(new ListBrokersCommand({}))).BrokerSummaries).toEqual([]);
    expect((await rejection(mq(payments, "me-south-1").send(new ListBrokersCommand({})))).name).toBe(
      "UnrecognizedClientException",
    );
  });
});

describe("DescribeBroker", () => {
  it("gives the attributes of the day, in the case AWS uses", async () => {
    const broker = await mq().send(new DescribeBrokerCommand({ BrokerId: await idOf("pay-gateway-prod") }));
    expect(broker).toMatchObject({
      BrokerName: "pay-gateway-prod",
      EngineType: "RabbitMQ",
      EngineVersion: "4.3.5",
      HostInstanceType: "mq.m7g.xlarge",
      DeploymentMode: "CLUSTER_MULTI_AZ",
      StorageType: "ebs",
      Users: [],
      Tags: { Owner: "payments-core@example.com", Environment: "prod" },
    });
    expect(broker.Created).toBeInstanceOf(Date);
    expect(broker.SubnetIds).toHaveLength(3);
    expect(broker.Logs?.Audit).toBeUndefined();
    expect(broker.PendingEngineVersion).toBeUndefined();
  });

  it("gives both instances of an active/standby pair and only one name of a cluster", async () => {
    const pair = await mq().send(new DescribeBrokerCommand({ BrokerId: await idOf("ledger-events") }));
    expect(pair.BrokerInstances).toHaveLength(2);
    expect(pair.BrokerInstances?.[1]?.Endpoints?.[0]).toContain(`${pair.BrokerId}-2.mq.us-east-1.`);
    const cluster = await mq().send(new DescribeBrokerCommand({ BrokerId: await idOf("wallet-events") }));
    expect(cluster.BrokerInstances).toHaveLength(1);
  });

  it("shows actions required, pending changes, replication and a public RabbitMQ broker without subnets", async () => {
    const blocked = await mq(payments, "eu-west-1").send(
      new DescribeBrokerCommand({ BrokerId: await idOf("pay-gateway-eu", payments, "eu-west-1") }),
    );
    expect(blocked.ActionsRequired?.[0]?.ActionRequiredCode).toBe("RABBITMQ_BROKER_NOT_UPGRADEABLE_TO_V4");
    expect(blocked.PendingEngineVersion).toBe("4.2");
    const replica = await mq(payments, "eu-west-1").send(
      new DescribeBrokerCommand({ BrokerId: await idOf("sepa-clearing-dr", payments, "eu-west-1") }),
    );
    expect(replica).toMatchObject({
      BrokerState: "REPLICA",
      DataReplicationMode: "CRDR",
      DataReplicationMetadata: { DataReplicationRole: "REPLICA" },
    });
    const open = await mq().send(new DescribeBrokerCommand({ BrokerId: await idOf("pay-webhooks") }));
    expect(open).toMatchObject({ PubliclyAccessible: true, SubnetIds: [], SecurityGroups: [] });
  });

  it("answers not-found for unknown brokers, other accounts' brokers and other regions", async () => {
    const id = await idOf("ledger-events");
    for (const [client, broker] of [
      [mq(), "b-00000000-0000-4000-8000-000000000000"],
      [mq(logistics), id],
      [mq(payments, "eu-west-1"), id],
    ] as const) {
      const error = await rejection(client.send(new DescribeBrokerCommand({ BrokerId: broker })));
      expect(error).toMatchObject({
        name: "NotFoundException",
        ErrorAttribute: "broker-id",
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  it("follows the clock: a broker that is replaced, gone, and not yet created", async () => {
    const names = async (day: string) => {
      simulator.setClock({ asOf: `${day}T12:00:00Z`, rate: 0 });
      return (await brokersOf(payments, "us-east-1")).map((summary) => summary.BrokerName);
    };
    try {
      const before = await names("2026-05-10");
      expect(before).toContain("fraud-scoring");
      expect(before).not.toContain("fraud-scoring-ha");
      const after = await names("2026-07-10");
      expect(after).not.toContain("fraud-scoring");
      expect(after).toContain("fraud-scoring-ha");
    } finally {
      simulator.setClock({ asOf, rate: 0 });
    }
  });
});

describe("the other reading operations", () => {
  it("pages configurations and their revisions and decodes mesh XML", async () => {
    const client = mq(payments, "eu-central-1");
    const ids: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListConfigurationsCommand({ MaxResults: 2, NextToken }));
      ids.push(...(page.Configurations ?? []).map((entry) => entry.Id ?? ""));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(4);

    const mesh = await client.send(
      new DescribeBrokerCommand({ BrokerId: await idOf("invoice-mesh-a", payments, "eu-central-1") }),
    );
    const current = mesh.Configurations?.Current;
    expect(current?.Revision).toBe(3);
    expect(mesh.Configurations?.History?.map((entry) => entry.Revision)).toEqual([2, 1]);
    const described = await client.send(new DescribeConfigurationCommand({ ConfigurationId: current?.Id }));
    expect(described.LatestRevision?.Revision).toBe(3);
    const revisions = await client.send(new ListConfigurationRevisionsCommand({ ConfigurationId: current?.Id }));
    expect(revisions.Revisions).toHaveLength(3);
    const revision = await client.send(
      new DescribeConfigurationRevisionCommand({ ConfigurationId: current?.Id, ConfigurationRevision: "3" }),
    );
    expect(Buffer.from(revision.Data ?? "", "base64").toString()).toContain("<networkConnector ");
    expect(
      (
        await rejection(
          client.send(
            new DescribeConfigurationRevisionCommand({ ConfigurationId: current?.Id, ConfigurationRevision: "99" }),
          ),
        )
      ).name,
    ).toBe("NotFoundException");
  });

  it("names the users of ActiveMQ and none of RabbitMQ", async () => {
    const active = await idOf("ledger-events");
    expect((await mq().send(new ListUsersCommand({ BrokerId: active }))).Users?.map((user) => user.Username)).toEqual([
      "app-ledger",
      "ops-ledger",
    ]);
    expect(await mq().send(new DescribeUserCommand({ BrokerId: active, Username: "ops-ledger" }))).toMatchObject({
      ConsoleAccess: true,
      Groups: ["admins"],
    });
    expect((await mq().send(new ListUsersCommand({ BrokerId: await idOf("wallet-events") }))).Users).toEqual([]);
    expect((await rejection(mq().send(new DescribeUserCommand({ BrokerId: active, Username: "nobody" })))).name).toBe(
      "NotFoundException",
    );
  });

  it("lists tags as they are, emoji, markup and 256 characters included", async () => {
    const [broker] = (await brokersOf(logistics, "us-east-1")).filter(
      (summary) => summary.BrokerName === "pallet-events",
    );
    const tags = await mq(logistics).send(new ListTagsCommand({ ResourceArn: broker?.BrokerArn }));
    expect(tags.Tags?.team).toBe("📦 Warehouse & <b>Logistics</b>");
    const long = await mq(sandbox, "eu-west-1").send(
      new DescribeBrokerCommand({ BrokerId: await idOf("dev-long-tags", sandbox, "eu-west-1") }),
    );
    expect(long.Tags?.owner).toHaveLength(256);
  });

  it("pages engine types and instance options, filtered by engine", async () => {
    const types = await mq().send(new DescribeBrokerEngineTypesCommand({}));
    expect(
      types.BrokerEngineTypes?.find((entry) => entry.EngineType === "RABBITMQ")?.EngineVersions?.map(
        (version) => version.Name,
      ),
    ).toEqual(["4.3", "4.2", "3.13"]);
    const options = [];
    let NextToken: string | undefined;
    do {
      const page = await mq().send(
        new DescribeBrokerInstanceOptionsCommand({ MaxResults: 5, NextToken, EngineType: "rabbitmq" }),
      );
      options.push(...(page.BrokerInstanceOptions ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(options).toHaveLength(12);
    expect(options.every((option) => option.EngineType === "RABBITMQ")).toBe(true);
    expect(options[0]?.AvailabilityZones?.length).toBeGreaterThan(2);
  });

  it("does not know writing operations", async () => {
    const error = await rejection(mq().send(new RebootBrokerCommand({ BrokerId: await idOf("ledger-events") })));
    expect(error).toMatchObject({ name: "UnknownOperationException", $metadata: { httpStatusCode: 404 } });
  });

  it("turns unsigned requests away", async () => {
    const response = await fetch(`${simulator.url}/v1/brokers`);
    expect(response.status).toBe(403);
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });
});
