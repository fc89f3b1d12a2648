import type { Sql } from '@yinglian/persistence';
import { neverLinks } from '../domain/identity/flags.js';
import { recordsOf } from '../storage/candidate-record.store.js';
import { markAskedAbout, someToAskAbout } from '../storage/patients-to-ask-about.store.js';
import type { AskAboutLikely } from './ask-about-likely.js';

const PATIENTS_AT_ONCE = 500;

/** Loaded patients are asked about as those of events are, when all of them are there. */
export class AskAboutLoaded {
  constructor(private readonly askAboutLikely: AskAboutLikely) {}

  /** Asks about the next few; answers up to whose number, or null when nobody is left. */
  async askSome(tx: Sql, now: Date): Promise<string | null> {
    const some = await someToAskAbout(tx, PATIENTS_AT_ONCE);
    if (some === null) return null;
    const { patients, lastNo } = some;
    const today = now.toISOString().slice(0, 10).replaceAll('-', '');
    const records = await recordsOf(
      tx,
      patients.map(({ patientNo }) => patientNo),
      today,
    );
    const asked = patients.flatMap(({ patient, patientNo }) => {
      const record = records.get(patientNo);
      return record === undefined || neverLinks(record.flags) ? [] : [{ patient, patientNo, record }];
    });
    await this.askAboutLikely.execute(tx, asked, now, lastNo);
    const upTo = patients.at(-1)?.patientNo;
    await markAskedAbout(tx, upTo);
    return upTo ?? null;
  }
}
