import { setImmediate } from 'node:timers/promises';
import type { InquiryAnswer } from './command-set.js';
import { STATUS } from './status.js';

interface Told {
  /** A promise asks to wait for a slow reader. */
  answer(answer: InquiryAnswer): Promise<void> | undefined;
  /** Before the last answer: the peer may go on as soon as it has that. */
  last(): void;
  failed(): void;
}

/** One C-FIND, C-GET or C-MOVE that is being answered, while other messages of its association are read. */
export class RunningInquiry {
  private readonly controller = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly messageId: number,
    private readonly told: Told,
  ) {}

  run(inquire: (signal: AbortSignal) => AsyncGenerator<InquiryAnswer, InquiryAnswer> | undefined): void {
    this.ended = this.answer(inquire).catch(() => {
      this.told.last();
      this.told.failed();
    });
  }

  /** The peer has enough (PS3.7 section 9.3.2.3). It may speak of one that has ended meanwhile. */
  cancel(messageId: number): void {
    if (messageId === this.messageId) this.controller.abort();
  }

  /** The association ended. Resolves when nothing is done for it any more. */
  async abandon(): Promise<void> {
    this.controller.abort();
    await this.ended;
  }

  private async answer(inquire: Parameters<RunningInquiry['run']>[0]): Promise<void> {
    const answers = inquire(this.controller.signal);
    for (;;) {
      const next = await answers?.next();
      if (next === undefined || next.done) {
        this.told.last();
        await this.told.answer(next?.value ?? { status: STATUS.unrecognizedOperation });
        return;
      }
      await this.told.answer(next.value);
      // A cancel is read between two answers, and so are other peers.
      await setImmediate();
    }
  }
}
