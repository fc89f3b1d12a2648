import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { residentCodeOf } from '../domain/finding/resident-code.js';
import { heardAs, spellingsOf } from '../domain/finding/spellings.js';
import type { PersonName } from '../domain/person-name.js';
import { NameStore } from './name.store.js';

/** What a patient is found by from now on, beside what it was found by before. */
export interface FoundBy {
  readonly patientNo: string;
  readonly name: Pick<PersonName, 'han' | 'latin'>;
  /** YYYYMMDD: as stated, and as the patient's resident ids have it. */
  readonly birthDates: readonly string[];
  /** Of the newest description alone. */
  readonly residentIds: readonly string[];
}

/** Names and birth dates that patients are found by. */
@Injectable()
export class PatientNameStore {
  constructor(private readonly names: NameStore) {}

  /**
   * @param described of one patient the newest description last
   * @param newNos of those of them who were found by nothing before
   */
  async describePatients(tx: Sql, described: readonly FoundBy[], newNos = new Set<string>()): Promise<void> {
    const codes = new Map(described.map(({ patientNo, residentIds }) => [patientNo, residentCodeOf(residentIds)]));
    const spelled = described.map((one) => ({ ...one, spellings: spellingsOf(one.name) }));
    const nameIds = await this.names.namesOf(
      tx,
      spelled.flatMap(({ spellings }) => spellings),
    );
    const rows = spelled.flatMap(({ patientNo, spellings, birthDates }) => {
      const dates = birthDates.length === 0 ? [0] : birthDates.map(Number);
      const heard = spellings.map((spelling) => ({ nameId: nameIds.get(spelling.text) ?? 0, ...heardAs(spelling) }));
      const called = heard.length === 0 ? [NO_NAME] : heard;
      const residentCode = codes.get(patientNo) ?? 0;
      return called.flatMap((name) => dates.map((birthDate) => ({ patientNo, birthDate, residentCode, ...name })));
    });
    await addPatientNames(
      tx,
      rows.filter(({ nameId, birthDate }) => nameId !== 0 || birthDate !== 0),
    );
    await recode(tx, new Map([...codes].filter(([patientNo]) => !newNos.has(patientNo))));
  }
}

const NO_NAME = { nameId: 0, sound: 0, surname: 0 };

interface PatientName {
  readonly patientNo: string;
  readonly nameId: number;
  readonly birthDate: number;
  readonly sound: number;
  readonly surname: number;
  readonly residentCode: number;
}

async function addPatientNames(tx: Sql, rows: readonly PatientName[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO patient_names (patient_no, name_id, birth_date, sound, surname, resident_code)
     SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[]) ON CONFLICT DO NOTHING`,
    [
      rows.map(({ patientNo }) => patientNo),
      rows.map(({ nameId }) => nameId),
      rows.map(({ birthDate }) => birthDate),
      rows.map(({ sound }) => sound),
      rows.map(({ surname }) => surname),
      rows.map(({ residentCode }) => residentCode),
    ],
    'add-patient-names',
  );
}

/** What patients were found by before is found by their newest resident id too. */
async function recode(tx: Sql, codes: ReadonlyMap<string, number>): Promise<void> {
  if (codes.size === 0) return;
  await tx.query(
    `UPDATE patient_names n SET resident_code = newest.code FROM unnest($1::bigint[], $2::int[]) AS newest (patient_no, code)
     WHERE n.patient_no = newest.patient_no AND n.resident_code <> newest.code`,
    [[...codes.keys()], [...codes.values()]],
    'recode-patient-names',
  );
}
