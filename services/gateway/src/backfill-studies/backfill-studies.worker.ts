import { setTimeout } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { isPacsProblem } from '../ask-pacs/pacs-association.js';
import { DeviceAway } from '../call-devices/device-caller.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { BackfillMeter } from './backfill-meter.js';
import { BackfillSteps, type Step } from './backfill-steps.js';

/** Goes step by step while the gateway runs; one study moves at a time, so that the PACS is not burdened. */
@Injectable()
export class BackfillStudiesWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Backfill');
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: HospitalFile,
    private readonly steps: BackfillSteps,
    private readonly alarms: Alarms,
    private readonly meter: BackfillMeter,
  ) {}

  onApplicationBootstrap(): void {
    this.steps.resume();
    this.running = this.run(this.stopping.signal);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.meter.keep();
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const restMs = await this.step(signal);
      if (restMs > 0) await setTimeout(restMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Resolves with how long to rest. */
  private async step(signal: AbortSignal): Promise<number> {
    const { backfill } = this.file.current;
    if (backfill === undefined) {
      this.alarms.clear('PACS_AWAY');
      return IDLE_MS;
    }
    const began = performance.now();
    try {
      const step = await this.steps.take(backfill, signal);
      if (step === 'done' || step === 'full') this.meter.worked(performance.now() - began + RESTS_MS[step]);
      if (step === 'done') this.meter.keep();
      if (step === 'done') this.alarms.clear('PACS_AWAY');
      if (step === 'away' && !signal.aborted) this.alarms.raise('PACS_AWAY', { pacs: backfill.pacs });
      return RESTS_MS[step];
    } catch (error) {
      if (signal.aborted) return 0;
      if (error instanceof DeviceAway || isPacsProblem(error)) {
        this.alarms.raise('PACS_AWAY', { pacs: backfill.pacs, problem: error.message });
      } else this.logger.warn({ err: error }, 'A step of the backfill failed');
      return RESTS_MS.away;
    }
  }
}

const IDLE_MS = 1_000;
const RESTS_MS: Record<Step, number> = { done: 0, idle: IDLE_MS, full: IDLE_MS, away: 5_000 };
