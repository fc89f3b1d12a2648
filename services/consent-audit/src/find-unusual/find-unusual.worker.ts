import { Injectable } from '@nestjs/common';
import { RepeatedWorker } from '@yinglian/platform';
import { FindUnusualHandler } from './find-unusual.handler.js';

const EVERY_MS = 30_000;
/** Between turns over what was there before: whoever reads the log goes first. */
const WITH_MORE_MS = 250;

/** Looks again and again; processes side by side do it in turn. */
@Injectable()
export class FindUnusualWorker extends RepeatedWorker {
  constructor(private readonly findUnusual: FindUnusualHandler) {
    super({ restMs: EVERY_MS, meaning: 'Nothing unusual is looked for' });
  }

  protected async turn(): Promise<number> {
    return FindUnusualHandler.isFull(await this.findUnusual.execute(new Date())) ? WITH_MORE_MS : EVERY_MS;
  }
}
