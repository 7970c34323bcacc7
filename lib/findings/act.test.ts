import { describe, expect, it } from "vitest";
import type { EpisodeState, Person } from "@/lib/domain/finding";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { type ActResult, actOnEpisode, type HumanAct, refusalOf } from "@/lib/findings/act";
import { effectiveDueOn } from "@/lib/findings/due-on";
import { buildAcceptance, buildEpisode } from "@/lib/testing/build-finding";

const day = parsePlainDate;
const now = new Date("2026-11-21T09:00:00Z");
const ana: Person = { id: "1", name: "ana" };
const ben: Person = { id: "2", name: "ben" };
const nobody: Person = { id: null, name: "local" };

const act = (episode: EpisodeState, what: HumanAct, person: Person = ana, at = now): ActResult =>
  actOnEpisode(episode, what, { person, now: at });
function done(result: ActResult): EpisodeState {
  if (!result.ok) throw new Error(result.reason);
  return result.episode;
}
const acknowledge: HumanAct = {
  kind: "acknowledge",
  assignee: "Payments",
  note: "in the next sprint",
  targetOn: day("2026-12-15"),
};
const request: HumanAct = { kind: "request-acceptance", reason: "closed network", expiresOn: day("2027-02-01") };
const asked = (overrides: Partial<EpisodeState> = {}) =>
  done(act(buildEpisode({ dueBaseOn: day("2026-12-01"), ...overrides }), request));

describe("acknowledging", () => {
  it("keeps who, whom, note and target, and never moves the due day", () => {
    const result = act(buildEpisode({ dueBaseOn: day("2026-12-01") }), acknowledge);
    const episode = done(result);
    expect(episode).toMatchObject({
      state: "acknowledged",
      acknowledgement: { by: ana, at: now, assignee: "Payments", note: "in the next sprint", targetOn: "2026-12-15" },
    });
    expect(effectiveDueOn(episode)).toBe("2026-12-01");
    expect(result).toMatchObject({
      events: [{ from: "open", to: "acknowledged", actor: "ana", personId: "1", note: "in the next sprint" }],
    });
  });

  it("can be said anew with another date, but with none that is past", () => {
    const first = done(act(buildEpisode(), acknowledge));
    expect(done(act(first, { ...acknowledge, targetOn: day("2026-11-21") })).acknowledgement?.targetOn).toBe(
      "2026-11-21",
    );
    expect(act(first, { ...acknowledge, targetOn: day("2026-11-20") })).toEqual({
      ok: false,
      reason: "The target date lies in the past.",
    });
  });
});

describe("a plan", () => {
  it("puts the finding in progress and returns it when it is taken away", () => {
    const linked = done(act(buildEpisode(), { kind: "link-plan", planId: 4 }));
    expect(linked).toMatchObject({ state: "in-progress", planId: 4 });
    expect(done(act(linked, { kind: "unlink-plan" }))).toMatchObject({ state: "open", planId: null });
    const taken = done(act(done(act(buildEpisode(), acknowledge)), { kind: "link-plan", planId: 4 }));
    expect(done(act(taken, { kind: "unlink-plan" }))).toMatchObject({ state: "acknowledged", planId: null });
  });

  it("stays linked while an acceptance is asked for, and a refusal returns to it", () => {
    const linked = done(act(buildEpisode(), { kind: "link-plan", planId: 4 }));
    const requested = done(act(linked, request));
    expect(done(act(requested, { kind: "reject", note: "do it" }, ben)).state).toBe("in-progress");
    const unlinked = done(act(requested, { kind: "unlink-plan" }));
    expect(done(act(unlinked, { kind: "reject", note: "do it" }, ben)).state).toBe("open");
  });
});

describe("asking for acceptance", () => {
  it("stays open with its clock running", () => {
    const episode = asked();
    expect(episode).toMatchObject({
      state: "acceptance-requested",
      request: { by: ana, from: "open", kind: "accepted" },
    });
    expect(effectiveDueOn(episode)).toBe("2026-12-01");
  });

  it.each([
    ["critical", "2026-12-21", "2026-12-22"],
    ["high", "2027-02-19", "2027-02-20"],
    ["medium", "2027-05-20", "2027-05-21"],
    ["low", "2027-11-21", "2027-11-22"],
  ] as const)("is capped for %s", (severity, last, tooLate) => {
    const episode = buildEpisode({ severity });
    expect(act(episode, { ...request, expiresOn: day(last) }).ok).toBe(true);
    expect(act(episode, { ...request, expiresOn: day(tooLate) })).toMatchObject({
      ok: false,
      reason: expect.stringContaining(`A ${severity} finding can be accepted for`),
    });
    expect(act(episode, { ...request, expiresOn: day("2026-11-21") }).ok).toBe(false);
  });

  it("is taken back by who asked alone", () => {
    expect(act(asked(), { kind: "withdraw-request", note: "" }, ben).ok).toBe(false);
    expect(done(act(asked(), { kind: "withdraw-request", note: "" }))).toMatchObject({ state: "open", request: null });
  });
});

describe("approving", () => {
  it("needs somebody else than who asked, who has signed in", () => {
    const approve: HumanAct = { kind: "approve", note: "" };
    expect(act(asked(), approve, ana)).toMatchObject({ ok: false, reason: expect.stringContaining("somebody else") });
    expect(act(asked(), approve, nobody)).toMatchObject({ ok: false, reason: expect.stringContaining("signed-in") });
    expect(act(asked(), approve, ben).ok).toBe(true);
    const proposal = done(act(buildEpisode(), request, nobody));
    expect(act(proposal, approve, nobody).ok).toBe(false);
    expect(act(proposal, approve, ana).ok).toBe(true);
  });

  it("accepts until the start of the day of expiry and holds the due day for so long", () => {
    const result = act(asked(), { kind: "approve", note: "fine" }, ben);
    const episode = done(result);
    expect(episode).toMatchObject({
      state: "accepted",
      request: null,
      acceptance: {
        requestedBy: ana,
        approvedBy: ben,
        severity: "medium",
        expiresAt: new Date("2027-02-01T00:00:00Z"),
        pausedFrom: "2026-11-21",
      },
    });
    expect(effectiveDueOn(episode)).toBe("2027-02-11");
    expect(result).toMatchObject({ events: [{ detail: { dueOn: { from: "2026-12-01", to: "2027-02-11" } } }] });
  });

  it("does not undo a breach", () => {
    const episode = done(act(asked({ dueBaseOn: day("2026-11-21") }), { kind: "approve", note: "" }, ben));
    expect(episode.acceptance?.pausedFrom).toBe(null);
    expect(effectiveDueOn(episode)).toBe("2026-11-21");
  });

  it("is too late when the expiry asked for has passed, and when the severity rose beyond its cap", () => {
    const later = new Date("2027-02-01T00:00:00Z");
    expect(act(asked(), { kind: "approve", note: "" }, ben, later).ok).toBe(false);
    expect(act({ ...asked(), severity: "critical" }, { kind: "approve", note: "" }, ben).ok).toBe(false);
  });

  it("makes a false positive of what was asked for as one, which a person alone ends", () => {
    const requested = done(
      act(buildEpisode({ dueBaseOn: day("2026-12-01") }), { kind: "request-false-positive", reason: "lab" }),
    );
    const episode = done(act(requested, { kind: "approve", note: "" }, ben));
    expect(episode).toMatchObject({
      state: "false-positive",
      acceptance: { expiresAt: null, pausedFrom: "2026-11-21" },
    });
    const ended = done(act(episode, { kind: "end-acceptance", note: "not so" }, ana, new Date("2026-11-25T09:00:00Z")));
    expect(ended).toMatchObject({ state: "open", acceptance: null });
    expect(effectiveDueOn(ended)).toBe("2026-12-05");
  });
});

describe("an acceptance that has expired but was not judged since", () => {
  const expired = buildEpisode({
    state: "accepted",
    acceptance: buildAcceptance({ expiresAt: new Date("2026-11-21T00:00:00Z") }),
  });

  it("is over for every act: the expiry is told first", () => {
    expect(refusalOf("end-acceptance", expired, ana, now)).toBe("Nothing is accepted.");
    const result = act(expired, acknowledge);
    expect(result).toMatchObject({
      ok: true,
      episode: { state: "acknowledged" },
      events: [
        { from: "accepted", to: "open", actor: "system:expiry" },
        { from: "open", to: "acknowledged", actor: "ana" },
      ],
    });
  });
});

describe("what is closed", () => {
  const closed = buildEpisode({ state: "closed", closedAt: new Date("2026-11-20"), closeCause: "fixed-by-owner" });
  it("takes comments and nothing else", () => {
    expect(act(closed, { kind: "comment", text: "thanks" })).toMatchObject({
      ok: true,
      episode: closed,
      events: [{ kind: "comment", from: "closed", to: "closed", note: "thanks" }],
    });
    for (const what of [acknowledge, request, { kind: "claim-fixed", note: "" } as const])
      expect(act(closed, what)).toEqual({ ok: false, reason: "It is closed." });
  });
});

describe("claiming a fix", () => {
  it("changes no state, and is not said twice", () => {
    const claimed = done(act(buildEpisode({ state: "acknowledged" }), { kind: "claim-fixed", note: "done" }));
    expect(claimed).toMatchObject({ state: "acknowledged", fixClaim: { by: ana, at: now, note: "done" } });
    expect(act(claimed, { kind: "claim-fixed", note: "done" }).ok).toBe(false);
  });
});
