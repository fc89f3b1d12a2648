import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from './repeated-work.js';

export interface FailingTurns {
  /** Rest after one, in milliseconds. */
  readonly restMs: number;
  /** What is not done then, as a clause: the log says it with the reason. */
  readonly meaning: string;
  /** How grave that is; an error unless it is said. */
  readonly level?: 'error' | 'warn';
}

/** Work that a service does again and again from when it serves until before its pool closes. */
export abstract class RepeatedWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(this.constructor.name);
  private readonly work: RepeatedWork;

  protected constructor({ restMs, meaning, level = 'error' }: FailingTurns) {
    const say = (problem: string) => this.logger[level](`${meaning}: ${problem}`);
    this.work = new RepeatedWork((signal) => this.turn(signal), { restMs, say });
  }

  /** Does some of it. Resolves with how many milliseconds to rest before the next turn. */
  protected abstract turn(signal: AbortSignal): Promise<number>;

  onApplicationBootstrap(): void {
    this.work.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
