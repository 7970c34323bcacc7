/** A signal that comes so soon after another is the same Ctrl-C: the terminal sends it to npm and to us, and npm passes it on. */
const SAME_KEYSTROKE_MS = 1_000;

export interface StopSignals {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP. */
  readonly requested: Promise<void>;
  /** Resolves at the second one: no more waiting. */
  readonly hurried: Promise<void>;
  readonly isRequested: boolean;
  /** As if a signal had come. */
  request(): void;
}

/** Listens for the signals that end the supervisor; from now on they do not end the process by themselves. */
export function listenForStop(): StopSignals {
  let resolveRequested = () => {};
  let resolveHurried = () => {};
  const requested = new Promise<void>((resolve) => {
    resolveRequested = resolve;
  });
  const hurried = new Promise<void>((resolve) => {
    resolveHurried = resolve;
  });
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      resolveRequested();
    } else if (performance.now() - firstAt > SAME_KEYSTROKE_MS) {
      resolveHurried();
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return {
    requested,
    hurried,
    get isRequested() {
      return firstAt !== undefined;
    },
    request: onSignal,
  };
}
