import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { type MessageState, MessageStore } from '../storage/message.store.js';

/** Whoever still waits then is told nothing: the ledger cannot be written, or others come first. */
const PATIENCE_MS = 30_000;

/** Tells what became of a message to whoever waits for it in this process. */
@Injectable()
export class MessageOutcomes implements BeforeApplicationShutdown {
  private readonly waiting = new Map<string, Set<() => void>>();
  private isStopping = false;

  constructor(private readonly messages: MessageStore) {}

  /** Resolves when a message that is kept was looked at, at once when it was before; with undefined when that lasts too long. */
  async of(digest: string): Promise<MessageState | undefined> {
    if (this.decided(digest) === undefined && !this.isStopping) await this.lookedAt(digest);
    return this.decided(digest);
  }

  /** These were looked at. */
  tell(digests: readonly string[]): void {
    for (const digest of digests) for (const wake of this.waiting.get(digest) ?? []) wake();
  }

  beforeApplicationShutdown(): void {
    this.isStopping = true;
    this.tell([...this.waiting.keys()]);
  }

  private decided(digest: string): MessageState | undefined {
    const found = this.messages.stateOf(digest);
    return found?.state === 'received' ? undefined : found;
  }

  private lookedAt(digest: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(digest) ?? new Set();
      const wake = () => {
        clearTimeout(timer);
        waiting.delete(wake);
        if (waiting.size === 0) this.waiting.delete(digest);
        resolve();
      };
      const timer = setTimeout(wake, PATIENCE_MS);
      this.waiting.set(digest, waiting.add(wake));
    });
  }
}
