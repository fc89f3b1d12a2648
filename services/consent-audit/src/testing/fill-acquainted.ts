import { FILL_ACCESSES } from './fill-accesses.js';

const person = (n: string) => `'P' || lpad((${n})::text, 26, '0')`;

/** A log whose 3,000 accounts of staff are all linked, 50,000 persons in households of two, known in two hospitals each, and 500 who are listed. */
export const FILL_ACQUAINTED: readonly string[] = [
  FILL_ACCESSES,
  `INSERT INTO known_staff SELECT 'account.' || n, 'H' || lpad((n % 29)::text, 3, '0'), '{clinician}', true, 1 FROM generate_series(0, 2999) n`,
  `INSERT INTO staff_links (link_id, account, person_id, persons, identity, linked_by, linked_at)
   SELECT gen_random_uuid(), 'account.' || n, ${person('n * 15')}, ARRAY[${person('n * 15')}], 'resident-id', 'clerk', now()
   FROM generate_series(0, 2999) n`,
  `INSERT INTO patient_persons SELECT 'H00' || n % 2, '', n::text, ${person('n / 2')}, 1 FROM generate_series(0, 99999) n`,
  `INSERT INTO patient_households SELECT 'H00' || n % 2, '', n::text, decode(md5((n / 4)::text), 'hex'), now()
   FROM generate_series(0, 99999) n`,
  `INSERT INTO vips (vip_id, person_id, reason, listed_by, display_name, listed_at)
   SELECT gen_random_uuid(), ${person('n * 100')}, '公众人物', 'auditor', '审计', now() FROM generate_series(0, 499) n`,
  `INSERT INTO access_survivors SELECT ${person('n * 7 + 50000')}, ${person('n * 7')}, 1 FROM generate_series(0, 5000) n`,
  'VACUUM ANALYZE',
];
