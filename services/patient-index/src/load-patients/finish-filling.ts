import type { Database } from '@yinglian/persistence';
import type { AskAboutLoaded } from '../find-likely/ask-about-loaded.js';
import { putNextBack } from '../storage/first-filling.store.js';
import { countNames } from '../storage/name-count.store.js';
import { stopCollecting } from '../storage/patients-to-ask-about.store.js';
import type { ShowProgress } from './show-progress.js';

/** What is left to do when all files are in. Each step may break off, and goes on when it is called again. */
export class FinishFilling {
  constructor(
    private readonly database: Database,
    private readonly askAboutLoaded: AskAboutLoaded,
    private readonly show: ShowProgress,
  ) {}

  /** Makes what was taken away again. From here on persons are found by their names. */
  async putBack(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const name = await this.show.step('made again', () => this.database.transaction(putNextBack));
      if (name === undefined) break;
    }
    await this.show.step('analysed', async () => {
      await this.database.query('ANALYZE');
      return 'all tables';
    });
    const now = new Date();
    await this.database.transaction((tx) => countNames(tx, now, now));
  }

  /** Looks for those who are likely known already. */
  async ask(signal: AbortSignal): Promise<void> {
    await this.database.transaction(stopCollecting);
    for (let upTo: string | null = '0'; upTo !== null; ) {
      signal.throwIfAborted();
      upTo = await this.database.transaction((tx) => this.askAboutLoaded.askSome(tx, new Date()));
      if (upTo !== null) this.show.askedAbout(upTo);
    }
  }
}
