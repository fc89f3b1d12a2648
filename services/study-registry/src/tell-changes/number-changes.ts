import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { StudyChangeStore } from '../storage/study-change.store.js';

/** Numbered at once: a long backlog is told in several turns, none of which keeps a reader waiting long. */
const AT_ONCE = 5_000;

/** Numbers the changes that have committed; asked for by readers, so that they read what was there when they asked. */
@Injectable()
export class NumberChanges {
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly database: Database) {}

  /** Readers who come while numbers are given share the next turn: no more than one connection waits here. */
  execute(): Promise<void> {
    this.next ??= this.running
      .catch(() => {})
      .then(() => {
        this.next = undefined;
        this.running = this.number();
        return this.running;
      });
    return this.next;
  }

  private async number(): Promise<void> {
    if (!(await new StudyChangeStore(this.database).isAnyUntold())) return;
    await this.database.transaction((tx) => new StudyChangeStore(tx).number(AT_ONCE));
  }
}
