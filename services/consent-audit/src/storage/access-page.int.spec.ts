import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, migrate } from '@yinglian/persistence';
import { Explained, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { FILL_ACCESSES } from '../testing/fill-accesses.js';
import { type AccessFilter, accessPage, pageQuery } from './access-page.js';

const GLASS = '00000000-0000-4000-9000-000000000007';
const person = (n: number) => `P${String(n).padStart(26, '0')}`;

describe('the list of accesses at scale', () => {
  let postgres: TestPostgres;
  let database: Database;

  beforeAll(async () => {
    postgres = await TestPostgres.start();
    const url = await postgres.createDatabase();
    await migrate(url, consentAuditMigrations);
    database = postgres.connect(url);
    await database.query(FILL_ACCESSES);
    await database.query('INSERT INTO access_actors SELECT DISTINCT subject, display_name FROM accesses');
    await database.query('VACUUM ANALYZE accesses');
  }, 120_000);
  afterAll(() => postgres.stop());

  const someday = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
  const manyAccounts = Array.from({ length: 900 }, (_, n) => `account.${n}`);
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
    ['very many accounts', { limit: 50, actor: 'x' }, manyAccounts],
    ['an account of a hospital', { limit: 50, actor: 'x', hospital: 'H003' }, ['account.77']],
    ['a hospital', { limit: 50, hospital: 'H003' }, null],
    ['a hospital that nobody has', { limit: 50, hospital: 'H999' }, null],
    ['a day', { limit: 50, ...someday }, null],
    ['a hospital on a day', { limit: 50, hospital: 'H003', ...someday }, null],
    ['refusals', { limit: 50, outcome: 'deny' }, null],
    ['an action that is common', { limit: 50, action: 'study.retrieve' }, null],
    ['an action that is rare', { limit: 50, action: 'staff.change' }, null],
    ['an action that nobody did', { limit: 50, action: 'client.remove' }, null],
    ['a rare action at a hospital', { limit: 50, action: 'staff.change', hospital: 'H003' }, null],
    ['a rare action of an account', { limit: 50, action: 'staff.change', actor: 'x' }, ['account.77']],
    ['a rare action on a day', { limit: 50, action: 'staff.change', ...someday }, null],
    ['a purpose that is common', { limit: 50, purposeOfUse: 'TREAT' }, null],
    ['a purpose that is rare', { limit: 50, purposeOfUse: 'BTG' }, null],
    ['a purpose that nobody had', { limit: 50, purposeOfUse: 'HRESCH' }, null],
    ['a rare purpose at a hospital', { limit: 50, purposeOfUse: 'BTG', hospital: 'H003' }, null],
    ['a rare purpose, refused', { limit: 50, purposeOfUse: 'BTG', outcome: 'deny' }, null],
    ['a rare purpose of very many accounts', { limit: 50, purposeOfUse: 'BTG', actor: 'x' }, manyAccounts],
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
