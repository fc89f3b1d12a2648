import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '@yinglian/persistence';
import { Explained, filledDatabase, type TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { complaintsAbout } from './complaint.store.js';

const ID = "('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid";

/** 100,000 complaints of as many patients, each with a record, a note, a verdict and an answer. */
const FILL = [
  `INSERT INTO cases (case_id, origin, title, person_id, opened_by, display_name, opened_at, state, verdict)
   SELECT ${ID}, 'patient', '不对', 'P' || n, 'p.' || n, '', now(), 'answered', 'unfounded' FROM generate_series(1, 100000) n`,
  `INSERT INTO case_records SELECT ${ID}, ${ID}, 'p.' || n, now() FROM generate_series(1, 100000) n`,
  `INSERT INTO case_entries (entry_id, case_id, kind, verdict, body, written_by, display_name, written_at)
   SELECT gen_random_uuid(), ${ID}, kind, CASE kind WHEN 'verdict' THEN 'unfounded' END, kind, 'a', '', at
   FROM generate_series(1, 100000) n, (VALUES ('note', now()), ('verdict', now() + interval '1 s'),
     ('answer', now() + interval '2 s')) AS written (kind, at)`,
  'VACUUM ANALYZE',
];

describe('what a province’s patients complained of', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([consentAuditMigrations], FILL));
  }, 180_000);
  afterAll(() => postgres.stop());

  it('is read from indexes, for one of them', async () => {
    const explained = new Explained(database);
    expect(await complaintsAbout(explained, ['P777', 'P778'])).toHaveLength(2);
    expect(explained.tables).toEqual(expect.arrayContaining(['cases', 'case_records', 'case_entries']));
    expect(explained.scanned).toEqual([]);
    expect(explained.blocks).toBeLessThan(100);
  });
});
