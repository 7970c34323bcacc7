import type { AwsFailure } from "../../failure";
import type { SourceContext } from "../../source-context";
import { type CostPeriod, fetchServiceNames } from "./fetch";
import { amazonMqNames } from "./normalize";

/** What Cost Explorer most likely calls the service; used where it may not be asked. */
const LIKELY_NAME = "Amazon MQ";

/** The SERVICE values that are Amazon MQ. Empty names: the account had no Amazon MQ charge in the period. */
export interface ServiceNames {
  names: readonly string[];
  /** Why the name had to be guessed; null when Cost Explorer told it. */
  guessedBecause: AwsFailure | null;
}

/** Asks Cost Explorer how it names Amazon MQ; falls back to the likely name where that is denied, unknown or fails. */
export async function discoverServiceNames(
  context: SourceContext,
  region: string,
  period: CostPeriod,
): Promise<ServiceNames> {
  const { pages, stoppedBy } = await fetchServiceNames(context, region, period);
  const names = amazonMqNames(pages.flat());
  if (names.length > 0 || stoppedBy === null) return { names, guessedBecause: null };
  return { names: [LIKELY_NAME], guessedBecause: await context.failureOf(stoppedBy, "ce", region) };
}
