/** States of findings that ask for no work: what brokers count as open is in none of them. */
const WITHOUT_WORK = ["closed", "accepted", "false-positive"] as const;

/** Page of the findings that a broker's count of open findings counts: those accepted or called false positives are not among them. */
export function openWorkPath(brokerId: string): string {
  const filters = [`brokerId=${brokerId}`, ...WITHOUT_WORK.map((state) => `state!=${state}`)];
  return `/findings?${new URLSearchParams(filters.map((filter) => ["filter", filter]))}`;
}
