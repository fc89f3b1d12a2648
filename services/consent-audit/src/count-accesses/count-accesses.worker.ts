import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { RepeatedWorker } from '@yinglian/platform';
import { countFurther } from '../storage/access-counts.js';

const EVERY_MS = 10_000;
/** Between turns over what was there before: whoever reads the log goes first. */
const WITH_MORE_MS = 250;
/** In one transaction, of some ten milliseconds. */
const AT_ONCE = 5_000;

/** Counts what is new in the log for the statistics; processes side by side do it in turn. */
@Injectable()
export class CountAccessesWorker extends RepeatedWorker {
  constructor(private readonly database: Database) {
    super({ restMs: EVERY_MS, meaning: 'Accesses are not counted' });
  }

  protected async turn(): Promise<number> {
    const counted = await this.database.transaction((tx) => countFurther(tx, AT_ONCE));
    return counted === AT_ONCE ? WITH_MORE_MS : EVERY_MS;
  }
}
