import { isRecommendationKind, type RecommendationKind } from "@/lib/domain/recommendation";

export const OUTCOME_WORDS = ["recommended", "dismissed", "none", "excluded", "unknown"] as const;
export type OutcomeWord = (typeof OUTCOME_WORDS)[number];

/** What a kind says of a broker, and why. */
export interface StoredOutcome {
  kind: RecommendationKind;
  outcome: OutcomeWord;
  reason: string;
}

/** The stored form { kind: [outcome, reason] } as a list; what this version does not know is left out. */
export function readOutcomes(stored: unknown): StoredOutcome[] {
  if (typeof stored !== "object" || stored === null) return [];
  return Object.entries(stored).flatMap(([kind, value]): StoredOutcome[] => {
    if (!isRecommendationKind(kind) || !Array.isArray(value)) return [];
    const [said, reason]: unknown[] = value;
    const outcome = OUTCOME_WORDS.find((word) => word === said);
    return outcome && typeof reason === "string" ? [{ kind, outcome, reason }] : [];
  });
}
