import { STATES_WITHOUT_WORK } from "./finding";

/** Page of the findings that a broker's count of open findings counts: those accepted or called false positives are not among them. */
export function openWorkPath(brokerId: string): string {
  const filters = [`brokerId=${brokerId}`, ...STATES_WITHOUT_WORK.map((state) => `state!=${state}`)];
  return `/findings?${new URLSearchParams(filters.map((filter) => ["filter", filter]))}`;
}
