"use client";

/** What the help panel says before a topic is chosen. */
export function GeneralHelp() {
  return (
    <div>
      <p>
        MQ Steward reads your Amazon MQ brokers, their costs and metrics with read-only access, and shows what needs
        attention.
      </p>
      <h3>How to read the figures</h3>
      <p>
        Every figure names its numerator and denominator, what is unknown, what is left out, and the time of the data
        behind it. A figure that cannot be computed says why; it is never shown as 0 or 100.
      </p>
      <h3>Unknown and stale</h3>
      <p>
        A broker that could not be read keeps its last known facts and is marked <em>stale</em>. Facts older than three
        days count as unknown. An unread broker never closes a finding.
      </p>
      <h3>Times</h3>
      <p>All times are UTC. End-of-support dates and cost days are calendar days.</p>
      <h3>Definitions</h3>
      <p>Choose Info beside a figure on the overview for its definition.</p>
    </div>
  );
}
