import { describe, expect, it } from "vitest";
import { parseAnswer } from "../../parse-answer";
import { userAnswer } from "./fetch";
import { normalizeUser } from "./normalize";

/** The example of the API reference: https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html */
const described = (more: object) =>
  normalizeUser("b-1", parseAnswer(userAnswer, { BrokerId: "b-1", Username: "ann", ...more }));

describe("normalizing a user", () => {
  it("keeps what the user may do now, groups sorted, and not what is pending", () => {
    expect(
      described({
        ConsoleAccess: true,
        Groups: ["ops", "admins", "ops"],
        ReplicationUser: false,
        Pending: { ConsoleAccess: false, Groups: [], PendingChange: "UPDATE" },
      }),
    ).toEqual({
      kind: "described",
      brokerId: "b-1",
      username: "ann",
      consoleAccess: true,
      groups: ["admins", "ops"],
      replicationUser: false,
    });
  });

  it("says nothing of what AWS left out", () => {
    expect(described({ Groups: null })).toMatchObject({ consoleAccess: null, groups: [], replicationUser: null });
  });

  it("never passes on a secret, should an endpoint send one", () => {
    expect(JSON.stringify(described({ Password: "hunter2", Pending: { Password: "hunter2" } }))).not.toContain(
      "hunter2",
    );
  });
});
