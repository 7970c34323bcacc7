import { describe, expect, it } from "vitest";
import { parseAnswer } from "../../parse-answer";
import { eventsAnswer } from "./fetch";
import { normalizeEvent } from "./normalize";

/** As in https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring-cloudtrail.html, names replaced. */
const detail = {
  eventVersion: "1.06",
  userIdentity: {
    type: "IAMUser",
    principalId: "AKIAIOSFODNN7EXAMPLE",
    arn: "arn:aws:iam::111122223333:user/AmazonMqConsole",
    accountId: "111122223333",
    userName: "AmazonMqConsole",
  },
  eventTime: "2018-06-28T22:23:46Z",
  eventSource: "amazonmq.amazonaws.com",
  eventName: "CreateBroker",
  awsRegion: "us-west-2",
  sourceIPAddress: "203.0.113.0",
  requestParameters: {
    engineVersion: "5.15.9",
    deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
    maintenanceWindowStartTime: { dayOfWeek: "THURSDAY", timeOfDay: "22:45", timeZone: "America/Los_Angeles" },
    engineType: "ActiveMQ",
    hostInstanceType: "mq.m5.large",
    users: [{ username: "MyUsername123", password: "***", consoleAccess: true, groups: ["admins"] }],
    creatorRequestId: "1",
    publiclyAccessible: true,
    securityGroups: ["sg-a1b234cd"],
    brokerName: "MyBroker",
    autoMinorVersionUpgrade: false,
    subnetIds: ["subnet-12a3b45c"],
  },
  responseElements: {
    brokerId: "b-1234a5b6-78cd-901e-2fgh-3i45j6k17819",
    brokerArn: "arn:aws:mq:us-east-2:123456789012:broker:MyBroker:b-1234a5b6-78cd-901e-2fgh-3i45j6k17819",
  },
  errorCode: undefined,
};

const event = (more: object = {}, inside: object = {}) => {
  const { Events } = parseAnswer(eventsAnswer, {
    Events: [
      {
        EventId: "e-1",
        EventName: "CreateBroker",
        EventSource: "amazonmq.amazonaws.com",
        EventTime: 1_530_224_626,
        Username: "AmazonMqConsole",
        CloudTrailEvent: JSON.stringify({ ...detail, ...inside }),
        ...more,
      },
    ],
  });
  const [sent] = Events ?? [];
  return sent ? normalizeEvent(sent) : null;
};

describe("normalizing an event of CloudTrail", () => {
  it("tells who did what to which broker, when and from where", () => {
    expect(event()).toMatchObject({
      eventId: "e-1",
      at: new Date("2018-06-28T22:23:46Z"),
      name: "CreateBroker",
      actor: "AmazonMqConsole",
      actorArn: "arn:aws:iam::111122223333:user/AmazonMqConsole",
      sourceIp: "203.0.113.0",
      brokerId: "b-1234a5b6-78cd-901e-2fgh-3i45j6k17819",
      errorCode: null,
    });
  });

  it("keeps parameters that hold no secret, as text, and nothing of users and their passwords", () => {
    const summary = event()?.summary;
    expect(summary).toMatchObject({
      engineVersion: "5.15.9",
      maintenanceWindowStartTime: "dayOfWeek: THURSDAY, timeOfDay: 22:45, timeZone: America/Los_Angeles",
      securityGroups: "sg-a1b234cd",
      autoMinorVersionUpgrade: "false",
    });
    expect(JSON.stringify(summary)).not.toMatch(/password|MyUsername123|\*\*\*/);
    const secrets = {
      requestParameters: {
        brokerId: "b-1",
        username: "ann",
        password: "hunter2",
        ldapServerMetadata: { x: "hunter2" },
      },
    };
    expect(event({}, secrets)).toMatchObject({ brokerId: "b-1", summary: { username: "ann" } });
    expect(JSON.stringify(event({}, secrets))).not.toContain("hunter2");
  });

  it("names role and session of an assumed role, and the service where AWS itself acted", () => {
    const role = { userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::1:assumed-role/Deploy/ci-42" } };
    expect(event({}, role)?.actor).toBe("Deploy/ci-42");
    const service = { userIdentity: { type: "AWSService", invokedBy: "mq.amazonaws.com" } };
    expect(event({ Username: null }, service)?.actor).toBe("mq.amazonaws.com");
  });

  it("finds the broker or configuration by any spelling of its id", () => {
    expect(event({}, { requestParameters: { "broker-id": "b-9" }, responseElements: null })?.brokerId).toBe("b-9");
    expect(
      event({}, { requestParameters: { "configuration-id": "c-9", data: "PGJyb2tlci8+" }, responseElements: null }),
    ).toMatchObject({ brokerId: null, configurationId: "c-9", summary: {} });
  });

  it("is none where another service has an operation of that name", () => {
    expect(event({ EventName: "CreateUser", EventSource: "iam.amazonaws.com" })).toBeNull();
  });

  it("tells at least what, when and by whom where the event's own text cannot be read", () => {
    expect(event({ CloudTrailEvent: "{half" })).toMatchObject({
      name: "CreateBroker",
      actor: "AmazonMqConsole",
      brokerId: null,
      summary: {},
    });
  });

  it("says that AWS refused it", () => {
    expect(event({}, { errorCode: "AccessDenied" })?.errorCode).toBe("AccessDenied");
  });
});
