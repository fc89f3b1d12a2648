import type { ChildProcess } from 'node:child_process';
import { Obstacle } from '../obstacle.js';
import type { ProcessLog } from './process-log.js';
import type { ProcessPlan } from './process-plan.js';

/** Waiting times before further attempts; the last one repeats. A process that ran for a while starts from the front. */
const BACK_OFF_MS = [0, 200, 500, 1_000, 2_000, 5_000];
const STEADY_AFTER_MS = 15_000;

/** One process that is started again whenever it ends, until it is stopped. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private quickEnds = 0;
  private onServing = () => {};
  private onEnd = () => {};

  constructor(
    private readonly plan: ProcessPlan,
    readonly log: ProcessLog,
    /** Told whenever `pid` has changed. */
    private readonly onChange: () => void,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  /** Of the running process; undefined while it waits to be started again. */
  get pid(): number | undefined {
    return this.child === undefined || hasEnded(this.child) ? undefined : this.child.pid;
  }

  /** Resolves when it serves for the first time. Throws when it keeps ending before that; from then on it is restarted. */
  async start(): Promise<void> {
    let failures = 0;
    await new Promise<void>((resolve, reject) => {
      this.onServing = resolve;
      this.onEnd = () => {
        failures += 1;
        if (this.stopping || failures < this.plan.firstAttempts) return;
        this.stopping = true;
        reject(new Obstacle(`${this.name} did not start: ${this.log.lastLine()} (see ${this.log.path})`));
      };
      this.begin().catch(reject);
    });
    this.onEnd = () => {};
  }

  /** Asks the process to end, insists after its time is over, and resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child !== undefined && !hasEnded(child)) {
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill(this.plan.stopSignal);
      const insist = setTimeout(() => child.kill('SIGKILL'), this.plan.stopTimeoutMs);
      await ended;
      clearTimeout(insist);
    }
    await this.plan.predecessorGone?.();
  }

  /** Starts it unless it is to stop by then. */
  private async begin(): Promise<void> {
    await this.plan.predecessorGone?.();
    if (!this.stopping) this.spawn();
  }

  private spawn(): void {
    const startedAt = performance.now();
    const child = this.log.withDescriptor((output) => this.plan.spawn(output));
    this.child = child;
    this.onChange();
    const end = () => {
      this.onChange();
      this.onEnd();
      this.again(performance.now() - startedAt);
    };
    child.once('exit', end);
    child.once('error', () => {
      // Reported alone when the program cannot be run at all.
      if (child.pid === undefined) end();
    });
    void this.plan.ready(child).then(() => {
      if (!hasEnded(child)) this.onServing();
    });
  }

  private again(livedMs: number): void {
    if (this.stopping) return;
    this.quickEnds = livedMs > STEADY_AFTER_MS ? 0 : this.quickEnds + 1;
    const delayMs = BACK_OFF_MS[Math.min(Math.max(this.quickEnds - 1, 0), BACK_OFF_MS.length - 1)] ?? 0;
    // The machine may have run out of something for a moment.
    setTimeout(() => this.begin().catch(() => this.again(0)), delayMs);
  }
}

const hasEnded = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
