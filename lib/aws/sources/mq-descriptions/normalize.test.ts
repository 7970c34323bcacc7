import { describe, expect, it } from "vitest";
import { loadRecording } from "@/lib/testing/recordings";
import { parseAnswer } from "../../parse-answer";
import { brokerAnswer } from "./fetch";
import { normalizeBroker } from "./normalize";

const recorded = (name: string) => normalizeBroker(parseAnswer(brokerAnswer, loadRecording(name)));

const minimal = {
  BrokerArn: "arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1",
  BrokerId: "b-1",
  BrokerName: "orders",
  BrokerState: "RUNNING",
};

const described = (more: object) => normalizeBroker(parseAnswer(brokerAnswer, { ...minimal, ...more }));

describe("normalizing what AWS really sent", () => {
  it("reads a broker of 2019 in full", () => {
    expect(recorded("test_mq_tag_untag_markforop--mq.DescribeBroker_1")).toMatchObject({
      name: "dev",
      state: "RUNNING",
      engine: "ACTIVEMQ",
      engineVersion: "5.15.8",
      deploymentMode: "SINGLE_INSTANCE",
      instanceType: "mq.t2.micro",
      createdAt: "2019-01-28T17:34:46.507Z",
      autoMinorVersionUpgrade: false,
      publiclyAccessible: true,
      storageType: null,
      storageSizeGb: null,
      authenticationStrategy: null,
      encryption: null,
      logs: {
        general: false,
        audit: false,
        generalLogGroup: "/aws/amazonmq/broker/b-9f765c8d-6164-4f28-b0c9-556de5077776/general",
        auditLogGroup: "/aws/amazonmq/broker/b-9f765c8d-6164-4f28-b0c9-556de5077776/audit",
      },
      maintenanceWindow: { dayOfWeek: "MONDAY", timeOfDay: "06:00", timeZone: "UTC" },
      subnetIds: ["subnet-3a334610"],
      securityGroups: ["sg-6c7fa917"],
      users: [{ username: "c7n", pendingChange: null }],
      tags: { Role: "Dev" },
      configuration: {
        current: { id: "c-4d858f47-5d7d-49f4-8e77-83e3e09e8186", revision: 1 },
        pending: null,
        history: [],
      },
      actionsRequired: [],
    });
  });

  it("keeps the order of instances and endpoints, and their address where AWS gave one", () => {
    const { instances } = recorded("test_mq_tag_untag_markforop--mq.DescribeBroker_1");
    expect(instances).toHaveLength(1);
    expect(instances?.[0]?.ipAddress).toBe("18.211.81.120");
    expect(instances?.[0]?.endpoints).toHaveLength(5);
    expect(recorded("test_mq_query--mq.DescribeBroker_1").instances?.[0]?.ipAddress).toBeNull();
  });

  it("reads an answer without logs, creation date and tags as said nothing, not as off", () => {
    const broker = recorded("test_mq_delete--mq.DescribeBroker_1");
    expect(broker.logs).toBeNull();
    expect(broker.createdAt).toBeNull();
    expect(broker.tags).toEqual({});
    expect(broker.users).toEqual([]);
  });

  it("tells a broker that is being deleted", () => {
    expect(recorded("test_mq_delete--mq.DescribeBroker_2").state).toBe("DELETION_IN_PROGRESS");
  });

  it("reads an answer with almost nothing in it and an odd account in its ARN", () => {
    const broker = recorded("test_mq_message_broker_kms_filter--mq.DescribeBroker_1");
    expect(broker.name).toBe("test");
    expect(broker.state).toBe("UNKNOWN");
    expect(broker.authenticationStrategy).toBe("SIMPLE");
    expect(broker.encryption).toEqual({
      kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/0d543df5-915c-42a1-afa1-c9c5f1f97955",
      useAwsOwnedKey: false,
    });
    expect("engine" in broker).toBe(false);
  });
});

describe("normalizing a description", () => {
  it("keeps enum values that nobody knows yet, in upper case", () => {
    const broker = described({
      BrokerState: "Frozen_By_Aliens",
      EngineType: "KafkaMQ",
      DeploymentMode: "ring_multi_az",
      StorageType: "ebs2",
      DataReplicationMode: "xyz",
      AuthenticationStrategy: "config_managed",
    });
    expect(broker).toMatchObject({
      state: "FROZEN_BY_ALIENS",
      engine: "KAFKAMQ",
      deploymentMode: "RING_MULTI_AZ",
      storageType: "EBS2",
      dataReplicationMode: "XYZ",
      authenticationStrategy: "CONFIG_MANAGED",
    });
  });

  it("gives the same for every order AWS may send lists and tags in", () => {
    const one = described({
      SecurityGroups: ["sg-b", "sg-a"],
      SubnetIds: ["subnet-2", "subnet-1"],
      Users: [{ Username: "zoe" }, { Username: "adam" }],
      Tags: { b: "2", a: "1" },
      ActionsRequired: [{ ActionRequiredCode: "B" }, { ActionRequiredCode: "A", ActionRequiredInfo: "x" }],
      Configurations: {
        History: [
          { Id: "c-1", Revision: 10 },
          { Id: "c-1", Revision: 9 },
        ],
      },
    });
    const other = described({
      SecurityGroups: ["sg-a", "sg-b"],
      SubnetIds: ["subnet-1", "subnet-2"],
      Users: [{ Username: "adam" }, { Username: "zoe" }],
      Tags: { a: "1", b: "2" },
      ActionsRequired: [{ ActionRequiredCode: "A", ActionRequiredInfo: "x" }, { ActionRequiredCode: "B" }],
      Configurations: {
        History: [
          { Id: "c-1", Revision: 9 },
          { Id: "c-1", Revision: 10 },
        ],
      },
    });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(one.configuration?.history.map(({ revision }) => revision)).toEqual([9, 10]);
  });

  it("reads every pending change", () => {
    const { pending } = described({
      PendingEngineVersion: "4.2",
      PendingHostInstanceType: "mq.m7g.large",
      PendingAuthenticationStrategy: "ldap",
      PendingSecurityGroups: ["sg-2", "sg-1"],
      PendingStorageSize: 250,
      Logs: { General: true, GeneralLogGroup: "g", Pending: { General: true, Audit: true } },
      PendingLdapServerMetadata: { Hosts: ["b", "a"], RoleBase: "ou=roles" },
      PendingDataReplicationMode: "crdr",
      PendingDataReplicationMetadata: {
        DataReplicationRole: "replica",
        DataReplicationCounterpart: { BrokerId: "b-2", Region: "eu-central-1" },
      },
    });
    expect(pending).toEqual({
      engineVersion: "4.2",
      instanceType: "mq.m7g.large",
      authenticationStrategy: "LDAP",
      securityGroups: ["sg-1", "sg-2"],
      storageSizeGb: 250,
      logs: { general: true, audit: true },
      ldap: {
        hosts: ["a", "b"],
        roleBase: "ou=roles",
        roleName: null,
        roleSearchMatching: null,
        roleSearchSubtree: null,
        serviceAccountUsername: null,
        userBase: null,
        userRoleName: null,
        userSearchMatching: null,
        userSearchSubtree: null,
      },
      dataReplicationMode: "CRDR",
      dataReplication: { role: "REPLICA", counterpart: { brokerId: "b-2", region: "eu-central-1" } },
    });
  });

  it("leaves out a tag that would be the prototype of an object", () => {
    const broker = described({ Tags: JSON.parse('{"__proto__":"p","a":"1"}') });
    expect(broker.tags).toEqual({ a: "1" });
    expect(Object.getPrototypeOf(broker.tags)).toBe(Object.prototype);
  });

  it("sees no pending change in an empty list of security groups", () => {
    expect(described({ PendingSecurityGroups: [] }).pending?.securityGroups).toBeNull();
  });

  it("treats null like absent", () => {
    expect(
      described({ EngineVersion: null, Logs: null, Tags: null, Configurations: null, BrokerInstances: null }),
    ).toEqual(described({}));
  });

  it("keeps tags with markup, emoji, 256 characters, a leading = and the name of an object's member", () => {
    const tags = JSON.parse(
      `{"<script>alert(1)</script>":"=1+1","owner":"🦊 team","long":"${"x".repeat(256)}","constructor":"c"}`,
    );
    const broker = described({ Tags: tags });
    expect(Object.entries(broker.tags ?? {}).sort()).toEqual(Object.entries(tags).sort());
  });
});

describe("validating a description", () => {
  it.each([
    ["no ARN", { BrokerArn: undefined }],
    ["an ARN of something else", { BrokerArn: "arn:aws:mq:eu-west-1:111122223333:configuration:c-1" }],
    ["no id", { BrokerId: "" }],
    ["a list that is a text", { SecurityGroups: "sg-1" }],
    ["a flag that is a text", { PubliclyAccessible: "yes" }],
    ["instances that are none", { BrokerInstances: [7] }],
  ])("refuses %s without quoting it", (_what, more) => {
    expect(() => described(more)).toThrow(/is missing or of the wrong kind/);
  });
});
