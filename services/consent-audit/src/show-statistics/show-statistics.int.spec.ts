import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessAction } from '@yinglian/contracts';
import type { Database } from '@yinglian/persistence';
import { Explained, migratedDatabase, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { accessStatistics, countFurther } from '../storage/access-counts.js';
import { findingStatistics, verdictStatistics } from '../storage/desk-statistics.js';
import { type KeptRecord, keepAccesses } from '../storage/keep-accesses.js';
import { keptLook } from '../testing/kept-look.js';

const NOVEMBER = { from: '2026-11', to: '2026-11' };
const AUTUMN = { from: '2026-10', to: '2026-12' };

describe('the statistics of the auditors', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    database = await migratedDatabase(postgres, consentAuditMigrations);
  });

  const keep = (...records: KeptRecord[]) => database.transaction((tx) => keepAccesses(tx, records));
  const count = (limit = 100) => database.transaction((tx) => countFurther(tx, limit));
  const shown = (months = NOVEMBER) => accessStatistics(database, months, AccessAction.options);
  const denied = { outcome: 'deny' as const, code: 'PATIENT_OBJECTS', policies: [], policyVersion: 'v' };

  it('count each access once, in its month of the province’s calendar, by hospital, purpose and basis', async () => {
    const one = keptLook('a');
    const again = { ...one, eventId: randomUUID() };
    const elsewhere = { subject: 'b', displayName: '乙', roles: ['clinician' as const], hospital: 'H002' };
    await keep(
      one,
      again,
      keptLook('b', { actor: elsewhere, purposeOfUse: 'ETREAT', code: 'VISIT' }),
      keptLook('b', { actor: elsewhere, decision: denied }),
      keptLook('a', { action: 'break-glass.open', code: 'unconscious' }),
      keptLook('a', { action: 'session.refused', decision: { ...denied, code: 'WRONG_PASSWORD' } }),
      // Noon of the last of October in Greenwich is evening in China; at 16:00 November has begun.
      keptLook('a', { at: '2026-10-31T15:59:59Z' }),
      keptLook('a', { at: '2026-10-31T16:00:00Z' }),
    );
    await count();
    const figures = (key: string, opened: number, refused = 0, emergencies = 0) => ({
      key,
      opened,
      refused,
      emergencies,
    });
    expect(await shown()).toEqual({
      months: [figures('2026-11', 3, 1, 1)],
      hospitals: [figures('H001', 2, 0, 1), figures('H002', 1, 1)],
      purposes: [figures('TREAT', 2, 1, 1), figures('ETREAT', 1)],
      codes: [
        figures('TREATING_HOSPITAL', 2),
        figures('VISIT', 1),
        figures('PATIENT_OBJECTS', 0, 1),
        figures('unconscious', 0, 0, 1),
      ],
    });
    expect((await shown(AUTUMN)).months).toEqual([figures('2026-10', 1), figures('2026-11', 3, 1, 1)]);
  });

  it('go on where they broke off, and count once when processes do it side by side', async () => {
    await keep(...Array.from({ length: 25 }, () => keptLook('a')));
    const turns = await Promise.all([count(10), count(10), count(10), count(10)]);
    expect(turns.sort()).toEqual([0, 10, 10, 5]);
    expect(await count()).toBe(0);
    await keep(keptLook('a'));
    expect([await count(), (await shown()).months[0]?.opened]).toEqual([1, 26]);
  });

  it('say what was found, and how cases ended after how many days', async () => {
    const found = (rule: string, day: string, settled: boolean, caseId: string | null = null) =>
      database.query(
        `INSERT INTO findings (rule, subject, display_name, day, count, threshold, found_at, settled_at, case_id)
         VALUES ($1, $2, '甲', $3, 1, 1, now(), $4, $5)`,
        [rule, randomUUID(), day, settled ? new Date() : null, caseId],
      );
    const opened = async (at: string, verdict: string | null = null, decidedAt: string | null = null) => {
      const caseId = randomUUID();
      await database.query(
        `INSERT INTO cases (case_id, origin, title, opened_by, display_name, opened_at, verdict, decided_at)
         VALUES ($1, 'auditor', '案', 'a', '审计', $2, $3, $4)`,
        [caseId, at, verdict, decidedAt],
      );
      return caseId;
    };
    const caseId = await opened('2026-11-02T00:00:00Z', 'improper', '2026-11-04T00:00:00Z');
    await opened('2026-11-02T00:00:00Z', 'improper', '2026-11-06T00:00:00Z');
    await opened('2026-11-30T15:59:59Z');
    await opened('2026-11-30T16:00:00Z', 'unlawful', '2026-12-06T00:00:00Z');
    await found('VIP', '2026-11-01', true, caseId);
    await found('VIP', '2026-11-30', true);
    await found('VIP', '2026-11-30', false);
    await found('COLLEAGUE', '2026-11-30', false);
    await found('COLLEAGUE', '2026-12-01', false);
    expect(await findingStatistics(database, NOVEMBER)).toEqual([
      { rule: 'VIP', found: 3, cases: 1, dismissed: 1, open: 1 },
      { rule: 'COLLEAGUE', found: 1, cases: 0, dismissed: 0, open: 1 },
    ]);
    expect(await verdictStatistics(database, NOVEMBER)).toEqual([
      { verdict: 'improper', cases: 2, medianDays: 3 },
      { verdict: null, cases: 1, medianDays: null },
    ]);
  });

  it('are read from the counts of their months, however long the log is', async () => {
    await database.query(
      `INSERT INTO access_counts SELECT '2021-01-01'::date + m * interval '1 month', 'H' || lpad(h::text, 3, '0'), 'study.retrieve', 'TREAT',
         'permit', 'BASIS_' || c, 1000 FROM generate_series(0, 119) m, generate_series(1, 100) h, generate_series(1, 30) c`,
    );
    await database.query(
      `INSERT INTO findings (rule, subject, display_name, day, count, threshold, found_at)
       SELECT 'VIP', 's' || n, '甲', '2021-01-01'::date + n % 3000, 1, 1, now() FROM generate_series(1, 60000) n`,
    );
    await database.query('VACUUM ANALYZE access_counts, findings');
    const explained = new Explained(database);
    const year = { from: '2026-01', to: '2026-12' };
    expect((await accessStatistics(explained, year, AccessAction.options)).months).toHaveLength(12);
    expect(await findingStatistics(explained, NOVEMBER)).toMatchObject([{ rule: 'VIP', found: 600 }]);
    expect(explained.scanned).toEqual([]);
    // A year of a hundred hospitals.
    expect(explained.blocks).toBeLessThan(2_000);
  }, 120_000);
});
