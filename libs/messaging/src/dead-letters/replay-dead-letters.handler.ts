import { Database } from '@yinglian/persistence';
import { failure, messageOf, type Result, success } from '@yinglian/platform';
import { EventLogTransport } from '../consume-events/event-log.transport.js';
import { claim } from '../consume-events/inbox.store.js';
import { countOfKey, failedAgain, firstOfKey, letterOf, lockKeys, removeLetter } from './dead-letter.store.js';
import { deadLetterProblems } from './dead-letters.errors.js';

export interface Replayed {
  readonly replayed: number;
  /** Letters of the key that are still there: the first of them failed again. */
  readonly remaining: number;
}

/** Applies dead letters again, a key at a time and in order, so that nothing of a key overtakes what came before it. */
export class ReplayDeadLettersHandler {
  constructor(
    private readonly database: Database,
    private readonly transport: EventLogTransport,
  ) {}

  /** Replays the letter's whole key, oldest first, until one fails again. */
  async replay(id: string): Promise<Result<Replayed>> {
    const key = await letterOf(this.database, id);
    return key === undefined ? failure(deadLetterProblems.DEAD_LETTER_NOT_FOUND) : success(await this.replayKey(key));
  }

  /** Gives a letter up for good, also when the log delivers it again; what waited behind it is then replayed. */
  async discard(id: string): Promise<Result<Replayed>> {
    const discarded = await this.database.transaction(async (tx) => {
      await lockKeys(tx);
      const letter = await letterOf(tx, id);
      if (letter === undefined) return undefined;
      await claim(tx, [letter]);
      await removeLetter(tx, id);
      return letter;
    });
    if (discarded === undefined) return failure(deadLetterProblems.DEAD_LETTER_NOT_FOUND);
    return success(await this.replayKey(discarded));
  }

  private async replayKey(key: { topic: string; key: string }): Promise<Replayed> {
    let replayed = 0;
    while (await this.replayFirst(key)) replayed += 1;
    return { replayed, remaining: await countOfKey(this.database, key) };
  }

  /** One letter, one transaction. False when there is none left or it failed again. */
  private async replayFirst(key: { topic: string; key: string }): Promise<boolean> {
    let tried: string | undefined;
    try {
      return await this.database.transaction(async (tx) => {
        await lockKeys(tx);
        const letter = await firstOfKey(tx, key);
        if (letter === undefined) return false;
        tried = letter.id;
        const reason = await this.transport.processor.applyInto(tx, letter);
        if (reason !== undefined) await failedAgain(tx, letter.id, reason);
        else await removeLetter(tx, letter.id);
        return reason === undefined;
      });
    } catch (error) {
      if (tried === undefined) throw error;
      await failedAgain(this.database, tried, messageOf(error));
      return false;
    }
  }
}
