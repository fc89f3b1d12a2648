import { RepeatedWorker } from '@yinglian/platform';
import type { Alarms } from '../alarms/alarms.js';
import type { WitnessLogHandler } from './witness-log.handler.js';

/** Looks at the province's audit log again and again, and warns when it is not what it was. */
export class WitnessLogWorker extends RepeatedWorker {
  constructor(
    private readonly witness: WitnessLogHandler,
    private readonly alarms: Alarms,
    private readonly everyMs: number,
  ) {
    super({ restMs: everyMs, meaning: 'The audit log is witnessed later', level: 'warn' });
  }

  protected async turn(): Promise<number> {
    const witnessed = await this.witness.execute(Date.now());
    this.alarms.set('AUDIT_LOG_CONTRADICTS', witnessed === 'contradicts');
    return this.everyMs;
  }
}
