import type { Database } from '@yinglian/persistence';
import { numberOf } from '../domain/identity/strong-numbers.js';
import { personIdOf } from '../domain/person-id.js';
import { readName } from '../domain/person-name.js';
import { keepNumbers } from '../storage/number.store.js';
import type { PatientNameStore } from '../storage/patient-name.store.js';
import { residentIdOf } from './patient-index-service.js';

// The most frequent surnames come most often, as they do.
const SURNAMES = [
  ...'王王王王李李李李张张张刘刘陈陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
];
const GIVEN = [...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂雨晨浩宇轩子涵欣怡梓佳'];

/** An invented patient of its own person. Of each hundred two are called 张伟, and three say that they were born on 1 January 1990. */
export function manyPatientAt(n: number) {
  const birthDate = n % 100 < 3 ? '19900101' : birthDateAt(n);
  return {
    personId: personIdOf(new Date(1_700_000_000_000 + n), new Uint8Array(10)),
    patientNo: String(n + 1),
    hospital: `H00${(n % 3) + 1}`,
    localId: `L${n}`,
    pn: n % 50 === 7 ? '张伟' : nameAt(n),
    birthDate,
    residentId: residentIdOf(n, birthDateAt(n)),
    // A thousand share one number.
    phone: n % 200 === 0 ? '13800000000' : `139${String(n).padStart(8, '0')}`,
  };
}

/** Puts the patients from `start` on into the tables, `count` of them, as linking does. */
export async function addManyPatients(
  database: Database,
  patientNames: PatientNameStore,
  start: number,
  count: number,
): Promise<void> {
  const rows = Array.from({ length: count }, (_, offset) => manyPatientAt(start + offset));
  await database.transaction(async (tx) => {
    await tx.query(
      `WITH given AS (SELECT * FROM jsonb_to_recordset($1) AS given ("personId" text, "patientNo" bigint, hospital text, "localId" text)),
       added AS (INSERT INTO persons (person_id, survivor_id, last_seen_at) SELECT "personId", "personId", now() FROM given)
       INSERT INTO patients (hospital, issuer, local_id, patient_no, home_id, reason, link_version, linked_at, observation_version)
       SELECT hospital, '', "localId", "patientNo", "personId", 'NEW_PERSON', 1, now(), 1 FROM given`,
      [JSON.stringify(rows)],
    );
    await tx.query(
      `INSERT INTO observations (patient_no, version, name, birth_date, sex, other_ids, numbers, study_uid, observed_at)
       SELECT "patientNo", 1, jsonb_build_object('alphabetic', pn, 'charsetGuessed', false), "birthDate", '', '[]', '{}', NULL, now()
       FROM jsonb_to_recordset($1) AS given ("patientNo" bigint, pn text, "birthDate" text)`,
      [JSON.stringify(rows)],
    );
    await keepNumbers(
      tx,
      rows.flatMap(({ patientNo, residentId, phone }) => [
        { patientNo, number: numberOf('RESIDENT_ID', residentId), claims: true },
        { patientNo, number: numberOf('PHONE', phone), claims: false },
      ]),
    );
    await patientNames.describePatients(
      tx,
      rows.map(({ patientNo, pn, birthDate, residentId }) => {
        return { patientNo, name: readName({ alphabetic: pn }), birthDates: [birthDate], residentIds: [residentId] };
      }),
    );
  });
}

function birthDateAt(n: number): string {
  const at = scattered(n);
  return `19${String(50 + (at % 50))}${String(((at >> 6) % 12) + 1).padStart(2, '0')}${String(((at >> 10) % 28) + 1).padStart(2, '0')}`;
}

function nameAt(n: number): string {
  const pick = (from: readonly string[], seed: number) => from[scattered(seed) % from.length] ?? '';
  return pick(SURNAMES, n) + pick(GIVEN, n * 3 + 1) + (n % 4 === 0 ? '' : pick(GIVEN, n * 7 + 2));
}

const scattered = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 7;
