import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { StudyChangeStore } from '../storage/study-change.store.js';

/** Numbered at once: a long backlog is told in several turns, none of which keeps a reader waiting long. */
const AT_ONCE = 5_000;

/** Numbers the changes that have committed; asked for by readers, so that they read what was there when they asked. */
@Injectable()
export class NumberChanges {
  private running: Promise<boolean> = Promise.resolve(false);
  private next: Promise<boolean> | undefined;

  constructor(private readonly database: Database) {}

  /** Whether more wait than one turn numbers. Who comes while numbers are given shares the next turn: no more than one connection waits here. */
  execute(): Promise<boolean> {
    this.next ??= this.running
      .catch(() => false)
      .then(() => {
        this.next = undefined;
        this.running = this.number();
        return this.running;
      });
    return this.next;
  }

  private async number(): Promise<boolean> {
    if (!(await new StudyChangeStore(this.database).isAnyUntold())) return false;
    const numbered = await this.database.transaction((tx) => new StudyChangeStore(tx).number(AT_ONCE));
    return numbered === AT_ONCE;
  }
}
