/** Counts what was asked, so that tests can say how many requests a sync made and how many were turned away. */
export interface JournalEntry {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  /** HTTP status; 0 for a connection that was cut or left hanging on purpose. */
  readonly status: number;
  count: number;
  throttled: number;
}

export interface JournalReport {
  readonly since: string;
  readonly total: number;
  readonly throttled: number;
  readonly byService: Readonly<Record<string, number>>;
  readonly byAccount: Readonly<Record<string, number>>;
  readonly entries: readonly JournalEntry[];
}

export class Journal {
  private entries = new Map<string, JournalEntry>();
  private since = new Date();

  record(
    account: string,
    region: string,
    service: string,
    operation: string,
    status: number,
    throttled: boolean,
  ): void {
    const key = `${account}|${region}|${service}|${operation}|${status}`;
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { account, region, service, operation, status, count: 0, throttled: 0 };
      this.entries.set(key, entry);
    }
    entry.count += 1;
    if (throttled) entry.throttled += 1;
  }

  reset(): void {
    this.entries = new Map();
    this.since = new Date();
  }

  report(): JournalReport {
    const entries = [...this.entries.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
    const byService: Record<string, number> = {};
    const byAccount: Record<string, number> = {};
    let total = 0;
    let throttled = 0;
    for (const entry of entries) {
      total += entry.count;
      throttled += entry.throttled;
      byService[entry.service] = (byService[entry.service] ?? 0) + entry.count;
      byAccount[entry.account] = (byAccount[entry.account] ?? 0) + entry.count;
    }
    return { since: this.since.toISOString(), total, throttled, byService, byAccount, entries };
  }
}
