import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { Explained, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { type AccessFilter, accessPage, pageQuery } from './access-page.js';

const ROWS = 300_000;
const GLASS = '00000000-0000-4000-9000-000000000007';
const person = (n: number) => `P${String(n).padStart(26, '0')}`;

/** Accesses of thirty hospitals and 3,000 accounts within 300 days; one in a hundred is refused, one in ten is a further row. */
const FILL = `INSERT INTO accesses (position, event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action,
    purpose_of_use, person_id, study_uid, owner_hospital, query, outcome, code, policies, policy_version, service, trace_id,
    further, break_glass_id)
  SELECT n - 1, gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad((n - (n % 10 = 0)::int)::text, 12, '0'))::uuid,
    '2026-01-01Z'::timestamptz + n * interval '86.4 seconds', 1, 'account.' || n % 3000, '医生' || n % 3000, '{clinician}',
    'H' || lpad((n % 29)::text, 3, '0'), 'study.retrieve', 'TREAT', 'P' || lpad((n % 50000)::text, 26, '0'),
    '1.2.' || n % 100000, 'H' || lpad((n % 30)::text, 3, '0'), '{}', CASE WHEN n % 100 = 7 THEN 'deny' ELSE 'permit' END,
    'TREATING_HOSPITAL', '{clinician-opens-when-treating}', 'v', 'study-registry', '', n % 10 = 0,
    CASE WHEN n % 1000 = 3 THEN ('00000000-0000-4000-9000-' || lpad((n / 10000)::text, 12, '0'))::uuid END
  FROM generate_series(1, ${ROWS}) AS n`;

describe('the list of accesses at scale', () => {
  let postgres: TestPostgres;
  let database: Database;

  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, consentAuditMigrations);
    database = postgres.connect(url);
    await database.query(FILL);
    await database.query('INSERT INTO access_actors SELECT DISTINCT subject, display_name FROM accesses');
    await database.query('VACUUM ANALYZE accesses');
  }, 120_000);
  afterAll(() => postgres.stop());

  const someday = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
  it.each<[string, AccessFilter, string[] | null]>([
    ['nothing', { limit: 50 }, null],
    ['the next page', { limit: 50, after: { at: new Date('2026-06-01T00:00:00Z'), position: '150000' } }, null],
    ['a person', { limit: 50, personIds: [person(77)] }, null],
    ['a person, but for their own', { limit: 50, personIds: [person(77)], notBy: 'account.77' }, null],
    ['persons who are one', { limit: 50, personIds: [77, 78, 79].map(person) }, null],
    [
      'persons who are one, a hospital and an actor',
      { limit: 50, personIds: [77, 78].map(person), hospital: 'H003' },
      ['account.77'],
    ],
    ['a person, a hospital and an actor', { limit: 50, personIds: [person(77)], hospital: 'H003' }, ['account.77']],
    ['what was opened under broken glass', { limit: 50, breakGlassId: GLASS }, null],
    ['a study', { limit: 50, studyInstanceUid: '1.2.77' }, null],
    ['one account', { limit: 50, actor: 'x' }, ['account.77']],
    ['some accounts', { limit: 50, actor: 'x' }, ['account.7', 'account.77', 'account.777']],
    ['very many accounts', { limit: 50, actor: 'x' }, Array.from({ length: 900 }, (_, n) => `account.${n}`)],
    ['an account of a hospital', { limit: 50, actor: 'x', hospital: 'H003' }, ['account.77']],
    ['a hospital', { limit: 50, hospital: 'H003' }, null],
    ['a hospital that nobody has', { limit: 50, hospital: 'H999' }, null],
    ['a day', { limit: 50, ...someday }, null],
    ['a hospital on a day', { limit: 50, hospital: 'H003', ...someday }, null],
    ['refusals', { limit: 50, outcome: 'deny' }, null],
    ['refusals of a hospital', { limit: 50, outcome: 'deny', hospital: 'H003' }, null],
  ])('reads little by %s', async (_, filter, subjects) => {
    const { text, values } = pageQuery(filter, subjects);
    const explained = new Explained(database);
    await explained.query(text, values);
    expect(explained.tables).toContain('accesses');
    expect(explained.scanned).not.toContain('accesses');
    expect(explained.blocks).toBeLessThan(2_000);
  });

  it('pages through all of a hospital once, with the looks added up', async () => {
    const filter: AccessFilter = { limit: 200, hospital: 'H003', ...someday };
    const seen: string[] = [];
    let looks = 0;
    for (let after: AccessFilter['after']; ; ) {
      const page = await accessPage(database, { ...filter, after });
      seen.push(...page.map(({ accessId }) => accessId));
      looks += page.reduce((sum, { count }) => sum + count, 0);
      const last = page.at(-1);
      if (page.length < filter.limit || last === undefined) break;
      after = { at: last.at, position: last.position };
    }
    const [truth] = await database.query<{ accesses: number; looks: number }>(
      `SELECT count(*)::int AS accesses, sum((SELECT sum(count) FROM accesses f WHERE f.access_id = a.access_id))::int AS looks
       FROM accesses a WHERE NOT further AND (actor_hospital = 'H003' OR owner_hospital = 'H003')
         AND at >= $1::timestamptz AND at < $2::timestamptz`,
      [someday.from, someday.to],
    );
    expect(seen.length).toBeGreaterThan(0);
    expect([seen.length, new Set(seen).size, looks]).toEqual([truth?.accesses, truth?.accesses, truth?.looks]);
  });

  it('finds accounts by the whole account or a part of the name, and takes no wildcard', async () => {
    const subjects = async (actor: string) =>
      new Set((await accessPage(database, { limit: 200, actor })).map((access) => access.actor.subject));
    expect(await subjects('account.77')).toEqual(new Set(['account.77']));
    expect(await subjects('生2999')).toEqual(new Set(['account.2999']));
    expect([await subjects('account.7_'), await subjects('%')]).toEqual([new Set(), new Set()]);
  });
});

describe('the tables of consent-audit', () => {
  it('take over the trail of the schema before', async () => {
    const postgres = await TestPostgres.start();
    const folder = await mkdtemp(join(tmpdir(), 'yinglian-migrations-'));
    try {
      const url = await postgres.createDatabase();
      const before = join(folder, 'before');
      await mkdir(before);
      const first = '20261124163600000_consent_audit.sql';
      await cp(new URL(first, consentAuditMigrations.folder), join(before, first));
      await migrate(url, { ...consentAuditMigrations, folder: pathToFileURL(`${before}/`) });
      const database = postgres.connect(url);
      const keep = (count: number) =>
        database.query(
          `INSERT INTO accesses (event_id, access_id, at, count, subject, display_name, roles, action, purpose_of_use,
             person_id, query, outcome, code, policies, policy_version, service, trace_id)
           VALUES (gen_random_uuid(), '00000000-0000-4000-8000-000000000001', now(), $1, 'a', '甲', '{}', 'person.read',
             'TREAT', $2, '{}', 'permit', 'TREATMENT', '{}', 'v', 's', '')`,
          [count, person(1)],
        );
      await keep(1);
      // A place that nobody took: its transaction was rolled back.
      await database.query("SELECT nextval('accesses_position_seq')");
      await keep(4);
      await migrate(url, consentAuditMigrations);
      expect(await database.query('SELECT position FROM accesses ORDER BY position')).toEqual([
        { position: '0' },
        { position: '1' },
      ]);
      const page = await accessPage(database, { limit: 10, actor: '甲' });
      expect(page.map(({ count, personId }) => [count, personId])).toEqual([[5, person(1)]]);
      await expect(database.query('DELETE FROM accesses')).rejects.toThrow('never changed');
    } finally {
      await postgres.stop();
      await rm(folder, { recursive: true });
    }
  });
});
