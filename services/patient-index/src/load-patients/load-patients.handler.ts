import type { Database } from '@yinglian/persistence';
import { beginFirstFilling } from '../storage/first-filling.store.js';
import { type LoadFigures, loadFigures } from '../storage/load-figures.store.js';
import { collectToAskAbout } from '../storage/patients-to-ask-about.store.js';
import type { FinishFilling } from './finish-filling.js';
import type { LoadFile, MasterFile } from './load-file.js';
import type { ShowProgress } from './show-progress.js';

/** One for each core that a small machine has: the database works on one batch while the other is read. */
const FILES_AT_ONCE = 2;

export interface LoadOptions {
  /** Whether it is asked at the end who may be known already. */
  readonly asks: boolean;
  /** Between two batches it stops, and goes on when it is called again. */
  readonly signal: AbortSignal;
}

/** Loads master files of hospitals, and finishes what loads before have left; without files only that. */
export class LoadPatientsHandler {
  constructor(
    private readonly database: Database,
    private readonly loadFile: LoadFile,
    private readonly finish: FinishFilling,
    private readonly show: ShowProgress,
  ) {}

  async execute(files: readonly MasterFile[], { asks, signal }: LoadOptions): Promise<LoadFigures> {
    if (files.length > 0) {
      await this.database.transaction(beginFirstFilling);
      await this.database.transaction(collectToAskAbout);
      await this.loadAll(files, signal);
      this.show.loadedAll();
    }
    await this.finish.putBack(signal);
    if (asks) await this.finish.ask(signal);
    return loadFigures(this.database);
  }

  private async loadAll(files: readonly MasterFile[], signal: AbortSignal): Promise<void> {
    const left = [...files];
    const failed = new AbortController();
    const either = AbortSignal.any([signal, failed.signal]);
    const worker = async () => {
      for (let file = left.shift(); file !== undefined; file = left.shift()) {
        await this.loadFile.execute(file, (...told) => this.show.loaded(...told), either);
      }
    };
    const workers = Array.from({ length: FILES_AT_ONCE }, () =>
      worker().catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
    );
    const [lost] = (await Promise.allSettled(workers)).filter(({ status }) => status === 'rejected');
    if (lost?.status === 'rejected') throw lost.reason;
  }
}
