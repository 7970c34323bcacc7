import { setTimeout as delay } from "node:timers/promises";
import { OperatorError } from "../operator-error.mjs";
import { type Child, describeEnd, unexpectedEnd } from "./child";
import type { ChildSpec } from "./plan";

/** Seconds before a child is started again: after the first end, the second, and so on. */
const BACK_OFF_SECONDS = [0.5, 1, 2, 4, 8];
/** A child that has run this long is healthy: its earlier ends are forgotten. */
const HEALTHY_AFTER_MS = 60_000;

/** A child in the supervisor's care: started again when it ends too early, stopped when everything stops. */
export class Service {
  #current: Child | undefined;
  #stopping = false;
  #ends = 0;
  readonly #waiting = new AbortController();
  readonly #start: () => Child;
  readonly #tell: (line: string) => void;
  readonly #giveUp: (error: OperatorError) => void;

  /**
   * `start` starts one run. `tell` gets a line about every end that was not asked for. `giveUp` is called once when a
   * child keeps ending: the whole supervisor should end then, saying why.
   */
  constructor(
    readonly spec: ChildSpec,
    hooks: { start: () => Child; tell: (line: string) => void; giveUp: (error: OperatorError) => void },
  ) {
    this.#start = hooks.start;
    this.#tell = hooks.tell;
    this.#giveUp = hooks.giveUp;
  }

  /** The run that is on; undefined between two. */
  get current(): Child | undefined {
    return this.#current;
  }

  /** Starts it, and resolves when it does its work. Rejects when its first run fails. */
  async start(): Promise<void> {
    const child = this.#run();
    await child.ready;
    if (this.spec.kind === "task") return;
    void this.#watch(child);
  }

  /** Ends it for good. */
  async stop(hurry: Promise<void>): Promise<void> {
    this.#stopping = true;
    this.#waiting.abort();
    await this.#current?.stop(hurry);
  }

  #run(): Child {
    const child = this.#start();
    this.#current = child;
    void child.ended.then(() => {
      if (this.#current === child) this.#current = undefined;
    });
    return child;
  }

  async #watch(first: Child): Promise<void> {
    let child = first;
    let startedAt = performance.now();
    for (;;) {
      const end = await child.ended;
      if (this.#stopping) return;
      if (this.spec.kind === "background") {
        if (end.code !== 0) this.#tell(unexpectedEnd(this.spec, end, child.lastLines()).message);
        return;
      }
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) this.#ends = 0;
      const seconds = BACK_OFF_SECONDS[this.#ends];
      this.#ends += 1;
      if (seconds === undefined) {
        const { message } = unexpectedEnd(this.spec, end, child.lastLines());
        this.#giveUp(
          new OperatorError(
            `${message}\n  It was started again ${this.#ends - 1} times.`,
            "put right what it says and start again",
          ),
        );
        return;
      }
      this.#tell(`the ${this.spec.name} has ended (${describeEnd(end)}); starting it again in ${seconds} s`);
      try {
        await delay(seconds * 1000, undefined, { signal: this.#waiting.signal });
      } catch {
        return; // everything is being stopped
      }
      startedAt = performance.now();
      child = this.#run();
      child.ready.then(
        () => this.#tell(`the ${this.spec.name} is back`),
        () => {}, // its end is handled above
      );
    }
  }
}
