import { nameWordsOf } from '@yinglian/names';
import { first, type Sql } from '@yinglian/persistence';

interface NamedStudy {
  readonly study_uid: string;
  readonly name_alphabetic: string;
  readonly name_ideographic: string;
  readonly name_phonetic: string;
}

const NAMED = 'study_uid, name_alphabetic, name_ideographic, name_phonetic';

/** What studies' patients are found by when names are spoken or begun. */
export class StudyNameStore {
  constructor(private readonly sql: Sql) {}

  /** Brings a study's words to the name that its row has. */
  async put(studyUid: string): Promise<void> {
    const study = await first<NamedStudy>(this.sql, `SELECT ${NAMED} FROM studies WHERE study_uid = $1`, [studyUid]);
    if (study === undefined) return;
    await this.sql.query(
      `INSERT INTO study_names (study_uid, name_words) VALUES ($1, array_to_tsvector($2::text[]))
       ON CONFLICT (study_uid) DO UPDATE SET name_words = excluded.name_words`,
      [studyUid, wordsOf(study)],
    );
  }

  /**
   * Gives words to the next studies that were registered before there were any, in a transaction. Returns whether there may be more;
   * while another process is at it, there are none for this one.
   */
  async fill(atMost: number): Promise<boolean> {
    const progress = await first<{ through: string }>(
      this.sql,
      'SELECT through FROM study_names_to_fill FOR UPDATE SKIP LOCKED',
    );
    if (progress === undefined) return false;
    const studies = await this.sql.query<NamedStudy>(
      `SELECT ${NAMED} FROM studies WHERE study_uid > $1 ORDER BY study_uid LIMIT $2`,
      [progress.through, atMost],
    );
    for (const study of studies) {
      await this.sql.query(
        'INSERT INTO study_names (study_uid, name_words) VALUES ($1, array_to_tsvector($2::text[])) ON CONFLICT DO NOTHING',
        [study.study_uid, wordsOf(study)],
        'fill-study-names',
      );
    }
    const last = studies.at(-1);
    await (last === undefined
      ? this.sql.query('DELETE FROM study_names_to_fill')
      : this.sql.query('UPDATE study_names_to_fill SET through = $1', [last.study_uid]));
    return last !== undefined;
  }
}

const wordsOf = ({ name_alphabetic: alphabetic, name_ideographic: ideographic, name_phonetic: phonetic }: NamedStudy) =>
  nameWordsOf([ideographic, alphabetic, phonetic]);
