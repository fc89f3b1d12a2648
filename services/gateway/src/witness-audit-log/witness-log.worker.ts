import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { RepeatedWork } from '@yinglian/platform';
import type { Alarms } from '../alarms/alarms.js';
import type { WitnessLogHandler } from './witness-log.handler.js';

/** Looks at the province's audit log again and again, and warns when it is not what it was. */
export class WitnessLogWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WitnessLogWorker.name);
  private readonly work: RepeatedWork;

  constructor(witness: WitnessLogHandler, alarms: Alarms, everyMs: number) {
    this.work = new RepeatedWork(
      async () => {
        const witnessed = await witness.execute(Date.now());
        alarms.set('AUDIT_LOG_CONTRADICTS', witnessed === 'contradicts');
        return everyMs;
      },
      { restMs: everyMs, say: (problem) => this.logger.warn(`The audit log is witnessed later: ${problem}`) },
    );
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.work.stop();
  }
}
