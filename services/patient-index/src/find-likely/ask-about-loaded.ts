import type { Sql } from '@yinglian/persistence';
import { markAskedAbout, someToAskAbout } from '../storage/patients-to-ask-about.store.js';
import type { AskAboutLikely } from './ask-about-likely.js';

const PATIENTS_AT_ONCE = 500;

/** Loaded patients are asked about as those of events are, when all of them are there. */
export class AskAboutLoaded {
  constructor(private readonly askAboutLikely: AskAboutLikely) {}

  /** Asks about the next few; answers up to whose number, or null when nobody is left. */
  async askSome(tx: Sql, now: Date): Promise<string | null> {
    const patients = await someToAskAbout(tx, PATIENTS_AT_ONCE);
    if (patients === null) return null;
    await this.askAboutLikely.execute(tx, patients, now, 'earlier');
    const upTo = patients.at(-1)?.patientNo;
    await markAskedAbout(tx, upTo);
    return upTo ?? null;
  }
}
