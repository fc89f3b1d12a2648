import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database, Sql } from '@yinglian/persistence';
import { Explained, filledDatabase, type TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { endByTime, escalate, openGlass } from './break-glass.store.js';
import { breakGlassPage, reviewsOf } from './break-glass-page.js';
import { countUnread, headOf, markRead, noticesFor } from './notice.store.js';

const ID = "('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid";

/** 100,000 emergencies of ten years, of 5,000 clinicians of 30 hospitals; the last 50 wait; a notice to the auditors and one to a head of each. */
const FILL = [
  `INSERT INTO break_glasses (break_glass_id, person_id, subject, display_name, hospital, kind, reason, second_factor_at, opened_at,
     expires_at, closed_at, closed_by, review_due_at, reviewed_at)
   SELECT ${ID}, 'P' || n, 'dr.' || n % 5000, '', 'H' || n % 30, 'unconscious', '', at, at, at + interval '2 hours',
     CASE WHEN n <= 99990 THEN at + interval '1 hour' END, CASE WHEN n <= 99990 THEN 'opener' END, at + interval '3 days',
     CASE WHEN n <= 99950 THEN at + interval '1 day' END
   FROM generate_series(1, 100000) n CROSS JOIN LATERAL (SELECT now() - (100000 - n) * interval '52 minutes' AS at) a`,
  `INSERT INTO break_glass_reviews SELECT gen_random_uuid(), ${ID}, 'justified', '', 'a', '', now()
   FROM generate_series(1, 99950) n`,
  `INSERT INTO notices (notice_id, kind, break_glass_id, to_role, to_hospital, sent_at)
   SELECT ${ID}, 'break-glass.opened', ${ID}, 'auditor', 'H' || n % 30, now() FROM generate_series(1, 100000) n`,
  `INSERT INTO notices (notice_id, kind, break_glass_id, to_subject, sent_at)
   SELECT gen_random_uuid(), 'break-glass.opened', ${ID}, 'dr.' || n % 900, now() FROM generate_series(1, 100000) n`,
  `INSERT INTO notice_readings SELECT 'the.auditor', ${ID}, now() FROM generate_series(1, 90000) n`,
  `INSERT INTO known_staff SELECT 'dr.' || n, 'H' || n % 30, '{clinician}', true, 1 FROM generate_series(1, 20000) n`,
  `INSERT INTO known_departments SELECT 'H' || n % 30, 'D' || n, 'dr.' || n, 1 FROM generate_series(1, 3000) n`,
  'VACUUM ANALYZE',
];

describe('ten years of broken glass', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    ({ postgres, database } = await filledDatabase([consentAuditMigrations], FILL));
  }, 180_000);
  afterAll(() => postgres.stop());

  const now = new Date();
  const reader = { subject: 'the.auditor', roles: ['auditor' as const], hospital: 'H7', persons: [] };
  const last = { at: new Date(now.getTime() - 86_400_000), id: '00000000-0000-4000-8000-000000099900' };
  const one = '00000000-0000-4000-8000-000000000777';

  it.each<[string, (sql: Sql) => Promise<unknown>, mostBlocks: number]>([
    ['what one has open', (sql) => openGlass(sql, 'dr.4999', now), 100],
    ['what one has open of a person', (sql) => openGlass(sql, 'dr.4999', now, ['P99999']), 100],
    ['what is over', (sql) => endByTime(sql, now), 1_000],
    ['what is overdue', (sql) => escalate(sql, now), 2_000],
    ['what waits', (sql) => breakGlassPage(sql, { list: 'waiting', limit: 50 }), 200],
    [
      'what has a verdict, from some page on',
      (sql) => breakGlassPage(sql, { list: 'reviewed', limit: 50, after: last }),
      200,
    ],
    ['verdicts', (sql) => reviewsOf(sql, one), 50],
    ['notices', (sql) => noticesFor(sql, reader, false, 50), 30_000],
    ['how many are unread', (sql) => countUnread(sql, reader), 15_000],
    ['that one is read', (sql) => markRead(sql, reader, one, now), 100],
    ['who answers for a department', (sql) => headOf(sql, 'H7', 'D7'), 20],
  ])('%s is read from indexes', async (_, ask, mostBlocks) => {
    const explained = new Explained(database);
    await ask(explained);
    expect(explained.tables).not.toEqual([]);
    expect(explained.scanned.filter((table) => table !== 'notice_readings')).toEqual([]);
    expect(explained.blocks).toBeLessThan(mostBlocks);
  });
});
