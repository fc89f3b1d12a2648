import { Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { DestroyObjects } from './destroy-objects.js';
import { DestroyStudy } from './destroy-study.js';
import { DisposalSettings } from './disposal-settings.js';

const DAY_MS = 24 * 3_600_000;
const REST_MS = 2_000;

/** Destroys what was registered long enough ago. Several processes may: each step changes nothing when it is done again. */
@Injectable()
export class DestroyStudiesWorker extends RepeatedWorker {
  constructor(
    private readonly study: DestroyStudy,
    private readonly objects: DestroyObjects,
    private readonly settings: DisposalSettings,
  ) {
    super({ restMs: REST_MS, meaning: 'Studies are destroyed later', level: 'warn' });
  }

  protected async turn(): Promise<number> {
    const isErased = await this.study.execute(new Date(Date.now() - this.settings.graceDays * DAY_MS));
    const isDestroyed = await this.objects.execute();
    return isErased || isDestroyed ? 0 : REST_MS;
  }
}
