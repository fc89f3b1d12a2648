import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import type { Database } from '@yinglian/persistence';
import { Explained, migratedDatabase, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { FINDING_RULES } from '../domain/finding-rule.js';
import { accessIdsOf, findingPage } from '../storage/finding.store.js';
import { type KeptRecord, keepAccesses } from '../storage/keep-accesses.js';
import { countBy } from '../storage/unusual-records.js';
import { FILL_ACCESSES } from '../testing/fill-accesses.js';
import { keptLook as look, NOON } from '../testing/kept-look.js';
import { FindUnusualHandler } from './find-unusual.handler.js';

describe('what is unusual in the log', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    database = await migratedDatabase(postgres, consentAuditMigrations, accessMigrations);
  });

  const times = (count: number, make: () => KeptRecord) => Array.from({ length: count }, make);
  const keep = (...records: KeptRecord[]) => database.transaction((tx) => keepAccesses(tx, records));
  const finder = () => new FindUnusualHandler(database);
  const found = async () =>
    (await findingPage(database, { list: 'open', limit: 100 }))
      .map(({ rule, actor, count, threshold, day }) => [rule, actor.subject, count, threshold, day])
      .sort();
  const findIn = async (...records: KeptRecord[]) => {
    await keep(...records);
    while ((await finder().execute(NOON)) > 0);
    return found();
  };
  const declared = { code: 'DECLARED_RELATIONSHIP' };

  it('is who opened many persons by a declared relationship alone', async () => {
    const one = look('twice', declared);
    const again = { ...look('twice', declared), personId: one.personId };
    const few = times(9, () => look('few', declared));
    expect(await findIn(...few, one, again, ...times(10, () => look('many', declared)))).toEqual([
      ['DECLARED_ONLY', 'many', 10, 10, '2026-11-24'],
    ]);
  });

  it('is who opened others’ studies at night, by the province’s clock', async () => {
    const at = (instant: string) => ({ at: instant });
    const night = times(20, () => look('night', at('2026-11-24T20:00:00Z')));
    const evening = times(20, () => look('evening', at('2026-11-24T13:59:59Z')));
    const home = times(20, () => look('home', { ...at('2026-11-24T20:00:00Z'), code: 'HOME_HOSPITAL' }));
    expect(await findIn(...night, ...evening, ...home)).toEqual([['AT_NIGHT', 'night', 20, 20, '2026-11-25']]);
  });

  it('is who broke the glass often within a week, and not the one who did so now and then', async () => {
    const opened = (subject: string, day: number) =>
      look(subject, { action: 'break-glass.open', at: `2026-11-${day}T04:00:00Z`, studyInstanceUid: null });
    const cluster = [18, 21, 24].map((day) => opened('cluster', day));
    const spread = [10, 17, 24].map((day) => opened('spread', day));
    expect(await findIn(...cluster, ...spread)).toEqual([['BREAK_GLASS_CLUSTER', 'cluster', 3, 3, '2026-11-24']]);
  });

  it('is who was refused again and again', async () => {
    const decision = { outcome: 'deny' as const, code: 'PATIENT_OBJECTS', policies: [], policyVersion: 'v' };
    const nobody = { subject: '-', displayName: '', roles: [], hospital: null };
    const refused = times(15, () => look('refused', { decision }));
    const unknown = times(15, () => look('-', { decision, actor: nobody }));
    expect(await findIn(...refused, ...unknown)).toEqual([['REFUSED_OFTEN', 'refused', 15, 15, '2026-11-24']]);
  });

  it('is who opened far more than those of their role and hospital do, where there are enough of them', async () => {
    const peers = ['a', 'b', 'c', 'd', 'e'].flatMap((subject) => times(9, () => look(subject)));
    const busy = times(36, () => look('busy'));
    const alone = { actor: { subject: 'alone', displayName: '独', roles: ['clinician' as const], hospital: 'H003' } };
    const usual = times(35, () => look('usual'));
    expect(await findIn(...peers, ...busy, ...usual, ...times(60, () => look('alone', alone)))).toEqual([
      ['MORE_THAN_PEERS', 'busy', 36, 36, '2026-11-24'],
    ]);
  });

  it('grows while it is done further, is found once whatever is looked at again, and names its records', async () => {
    const first = times(10, () => look('many', declared));
    await findIn(...first);
    const further = times(2, () => look('many', declared));
    expect(await findIn(...further)).toEqual([['DECLARED_ONLY', 'many', 12, 10, '2026-11-24']]);
    await database.query('UPDATE finding_progress SET next_position = 0');
    expect(await findIn()).toEqual([['DECLARED_ONLY', 'many', 12, 10, '2026-11-24']]);
    const [finding] = await findingPage(database, { list: 'open', limit: 1 });
    const ids = [...first, ...further].map(({ accessId }) => accessId);
    expect((await accessIdsOf(database, finding?.findingId ?? '')).sort()).toEqual(ids.sort());
  });

  it('is what the province’s figures of that day say, each with its source', async () => {
    await database.query(
      `INSERT INTO finding_rules (rule, valid_from, threshold, days, source) VALUES
         ('DECLARED_ONLY', '2026-11-01', 2, 1, '省卫健委审计要求'), ('DECLARED_ONLY', '2027-01-01', 1, 1, '以后')`,
    );
    expect(await findIn(...times(2, () => look('two', declared)), look('one', declared))).toEqual([
      ['DECLARED_ONLY', 'two', 2, 2, '2026-11-24'],
    ]);
    const rules = await database.query<{ rule: string }>("SELECT DISTINCT rule FROM finding_rules WHERE source <> ''");
    expect(rules.map(({ rule }) => rule).sort()).toEqual([...FINDING_RULES].sort());
  });

  it('is found once by processes side by side', async () => {
    await keep(...times(10, () => look('many', declared)));
    const looked = await Promise.all([finder().execute(NOON), finder().execute(NOON), finder().execute(NOON)]);
    expect(looked.reduce((sum, one) => sum + one, 0)).toBe(10);
    expect(await found()).toEqual([['DECLARED_ONLY', 'many', 10, 10, '2026-11-24']]);
  });

  it('is counted by an index in a large log', async () => {
    await database.query(FILL_ACCESSES);
    await database.query('VACUUM ANALYZE accesses');
    const day = { day: '2026-03-01', own: ['P1'], relatives: ['P2'], metColleague: true, metVip: true };
    const days = Array.from({ length: 20 }, (_, n) => ({ subject: `account.${n}`, ...day }));
    for (const rule of FINDING_RULES) {
      const explained = new Explained(database);
      await countBy(explained, { rule, threshold: 1, days: 7, factor: null }, days);
      expect(explained.scanned).not.toContain('accesses');
      expect(explained.blocks).toBeLessThan(2_000);
    }
  }, 120_000);
});
