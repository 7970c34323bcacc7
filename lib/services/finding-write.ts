import type { FindingWrite, StoredFinding } from "@/lib/db/finding-store";
import { effectiveDueOn, isDueMoved } from "@/lib/findings/due-on";

/** What is stored of a finding that goes on with an episode and its new events; what it shows follows from them. */
export function findingWriteOf(
  finding: StoredFinding,
  { episode, events }: Pick<FindingWrite, "episode" | "events">,
): FindingWrite {
  return {
    ruleId: finding.ruleId,
    subjectType: finding.subjectType,
    subjectKey: finding.subjectKey,
    discriminator: finding.discriminator,
    brokerId: finding.brokerId,
    shown: { ...finding.shown, dueOn: effectiveDueOn(episode), dueMoved: isDueMoved(episode) },
    episode,
    episodeChanged: true,
    events,
  };
}
