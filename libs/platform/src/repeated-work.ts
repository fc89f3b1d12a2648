import { setTimeout } from 'node:timers/promises';
import { messageOf } from './errors/describe-error.js';

export interface FailedTurns {
  /** Rest after one, in milliseconds. */
  readonly restMs: number;
  /** Told of a problem that the turn before did not have. */
  readonly say: (problem: string) => void;
}

/** Work that is done again and again while a service runs, one turn after the other. */
export class RepeatedWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private lastProblem = '';

  /** @param turn resolves with how many milliseconds to rest before the next one */
  constructor(
    private readonly turn: (signal: AbortSignal) => Promise<number>,
    private readonly failed: FailedTurns,
  ) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  /** Resolves when the turn that is under way has ended. */
  stop(): Promise<void> {
    this.stopping.abort();
    return this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const restMs = await this.take(signal);
      if (restMs > 0) await setTimeout(restMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  private async take(signal: AbortSignal): Promise<number> {
    try {
      const restMs = await this.turn(signal);
      this.lastProblem = '';
      return restMs;
    } catch (error) {
      const problem = messageOf(error);
      if (problem !== this.lastProblem && !signal.aborted) this.failed.say(problem);
      this.lastProblem = problem;
      return this.failed.restMs;
    }
  }
}
