import { expect, it } from "vitest";
import { none, unknown } from "@/lib/cost/recommendations/define-recommendation";
import { endOfEpisode } from "@/lib/cost/recommendations/end-of-episode";
import { evaluationInProduction } from "@/lib/cost/recommendations/evaluation-in-production";
import { idle } from "@/lib/cost/recommendations/idle";
import { oversized } from "@/lib/cost/recommendations/oversized";
import { buildRecommendationSubject } from "@/lib/testing/build-recommendation-subject";

const subject = buildRecommendationSubject();
const smaller = buildRecommendationSubject({ attributes: { instanceType: "mq.m5.large" } });
const larger = buildRecommendationSubject({ attributes: { instanceType: "mq.m5.2xlarge" } });
const deleting = buildRecommendationSubject({ attributes: { state: "DELETION_IN_PROGRESS" } });
const NOT_KNOWN = unknown("No data.");
const FROM = "mq.m5.xlarge";

it("is done when the instance type was seen smaller, even while the new window is not full", () => {
  expect(endOfEpisode(oversized, FROM, smaller, NOT_KNOWN)).toMatchObject({ cause: "done" });
  expect(endOfEpisode(oversized, FROM, larger, NOT_KNOWN)).toMatchObject({ cause: "no-longer-applies" });
  expect(endOfEpisode(evaluationInProduction, FROM, larger, none("It is a production size."))).toMatchObject({
    cause: "done",
  });
});

it("is done when the broker is being deleted, where deleting was recommended", () => {
  expect(endOfEpisode(idle, "RUNNING", deleting, none("It is being deleted."))).toMatchObject({ cause: "done" });
  expect(endOfEpisode(oversized, FROM, deleting, NOT_KNOWN)).toMatchObject({ cause: "not-in-service" });
});

it("no longer applies when the evidence is gone, and goes on while nothing is known", () => {
  expect(endOfEpisode(idle, "RUNNING", subject, none("Clients were connected."))).toEqual({
    cause: "no-longer-applies",
    reason: "Clients were connected.",
  });
  expect(endOfEpisode(idle, "RUNNING", subject, NOT_KNOWN)).toBeUndefined();
  expect(
    endOfEpisode(
      oversized,
      FROM,
      buildRecommendationSubject({ ...smaller, stale: true, environment: "development", metrics: {} }),
      NOT_KNOWN,
    ),
  ).toBeUndefined();
});
