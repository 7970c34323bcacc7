/** Titles of all phases, and the seconds each takes on two slow cores when it has everything to do. */
const PHASES = {
  install: { title: "Installing packages", seconds: 40 },
  generate: { title: "Generating the database client", seconds: 4 },
  bundle: { title: "Bundling the programs", seconds: 2 },
  build: { title: "Building the pages", seconds: 40 },
  database: { title: "Database", seconds: 4 },
  migrations: { title: "Database tables", seconds: 3 },
  simulator: { title: "AWS simulator", seconds: 2 },
  worker: { title: "Worker", seconds: 3 },
  web: { title: "Web server", seconds: 4 },
  history: { title: "Demo history", seconds: 75 },
};

const HEARTBEAT_MS = 5_000;

/**
 * Tells how far a start is: one line per phase, one every five seconds in between, with the time that is left by
 * experience, corrected by how fast this machine has been so far. Plain lines only: they read the same in a terminal, in a
 * log and in CI.
 */
export class Progress {
  #phases;
  #write;
  #startedAt = performance.now();
  #phase;
  #phaseStartedAt = 0;
  #secondsBefore = 0;
  #detail;
  #timer;

  /** `names` are the phases to come, in order; `seconds` corrects single estimates (a phase with little to do). */
  constructor(names, { seconds = {}, write = (line) => process.stdout.write(`${line}\n`) } = {}) {
    this.#phases = names.map((name) => ({ name, ...PHASES[name], seconds: seconds[name] ?? PHASES[name].seconds }));
    this.#write = write;
  }

  /** Begins a phase; the one before it is over. A phase that was not announced is not counted. */
  begin(name) {
    this.#leavePhase();
    const index = this.#phases.findIndex((phase) => phase.name === name);
    this.#phase = this.#phases[index];
    this.#phaseStartedAt = performance.now();
    if (this.#phase === undefined) return;
    this.#secondsBefore = this.#phases.slice(0, index).reduce((sum, phase) => sum + phase.seconds, 0);
    this.#write(`[${index + 1}/${this.#phases.length}] ${this.#phase.title}${this.#left()}`);
    this.#timer = setInterval(() => this.#heartbeat(), HEARTBEAT_MS);
    this.#timer.unref();
  }

  /** A line about the phase that is on. */
  line(text) {
    this.#write(`      ${text}`);
    this.#timer?.refresh();
  }

  /** A function that gives the count for the next heartbeats, e.g. "120 of 600 packages". */
  watch(detail) {
    this.#detail = detail;
  }

  /** All phases are over. Returns the seconds since the beginning. */
  finish() {
    this.#leavePhase();
    return (performance.now() - this.#startedAt) / 1000;
  }

  #leavePhase() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#detail = undefined;
    this.#phase = undefined;
  }

  #heartbeat() {
    const elapsed = Math.round((performance.now() - this.#phaseStartedAt) / 1000);
    const detail = this.#detail?.();
    this.#write(`      ${elapsed} s${detail ? `, ${detail}` : ""}${this.#left()}`);
  }

  #left() {
    const total = this.#phases.reduce((sum, phase) => sum + phase.seconds, 0);
    const inPhase = (performance.now() - this.#phaseStartedAt) / 1000;
    if (inPhase > this.#phase.seconds + HEARTBEAT_MS / 1000) return " (longer than usual)";
    const planned = this.#secondsBefore + Math.min(inPhase, this.#phase.seconds);
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    // Only after a while does the pace of this machine say more than experience.
    const pace = planned > 10 ? Math.min(4, Math.max(0.3, elapsed / planned)) : 1;
    const left = Math.max(1, (total - planned) * pace);
    return ` (about ${duration(left)} left)`;
  }
}

/** "8 s", "1 min 20 s": rounded so that it does not pretend to know more than it does. */
function duration(seconds) {
  if (seconds < 20) return `${Math.ceil(seconds)} s`;
  const rounded = Math.ceil(seconds / 10) * 10;
  if (rounded < 60) return `${rounded} s`;
  const minutes = Math.floor(rounded / 60);
  return rounded % 60 === 0 ? `${minutes} min` : `${minutes} min ${rounded % 60} s`;
}
