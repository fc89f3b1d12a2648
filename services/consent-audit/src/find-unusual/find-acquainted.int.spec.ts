import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessMigrations } from '@yinglian/access';
import type { Database } from '@yinglian/persistence';
import { Explained, migratedDatabase, TestPostgres } from '@yinglian/testing';
import { consentAuditMigrations } from '../consent-audit.module.js';
import { findingPage } from '../storage/finding.store.js';
import { keepHousehold } from '../storage/households.js';
import { type KeptRecord, keepAccesses } from '../storage/keep-accesses.js';
import { personsOfStaff } from '../storage/persons-of-staff.js';
import { insertStaffLink } from '../storage/staff-link.store.js';
import { newOfDaysIn } from '../storage/unusual-records.js';
import { endVip, insertVip } from '../storage/vip.store.js';
import { FILL_ACQUAINTED } from '../testing/fill-acquainted.js';
import { keptLook as look, NOON } from '../testing/kept-look.js';
import { FindUnusualHandler } from './find-unusual.handler.js';

/** Nearly each by another member of staff, all of whom are linked: the most that is asked about them. */
const RECORDS = 2_000;
const VISIT = { code: 'HOME_HOSPITAL', policies: ['clinician-opens-at-home', 'clinician-opens-during-a-visit'] };
const AT_HOME = { code: 'HOME_HOSPITAL', policies: ['clinician-opens-at-home'] };

describe('who looks at whom they know', () => {
  let postgres: TestPostgres;
  let database: Database;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    database = await migratedDatabase(postgres, consentAuditMigrations, accessMigrations);
  });

  const findIn = async (...records: KeptRecord[]) => {
    await database.transaction((tx) => keepAccesses(tx, records));
    while ((await new FindUnusualHandler(database).execute(NOON)) > 0);
    const found = await findingPage(database, { list: 'open', limit: 100 });
    return found.map(({ rule, actor, count }) => [rule, actor.subject, count]).sort();
  };
  /** Somebody of a hospital's staff, whose person is known. */
  const works = async (account: string, personId: string, persons = [personId], hospital = 'H001', active = true) => {
    await database.query("INSERT INTO known_staff VALUES ($1, $2, '{clinician}', $3, 1)", [account, hospital, active]);
    const linked = { identity: 'resident-id', linkedBy: 'clerk', linkedAtHospital: 'H001', linkedAt: NOON };
    await insertStaffLink(database, { linkId: randomUUID(), account, personId, persons, ...linked });
  };
  const survives = (personId: string, survivorId: string | null, version = 1) =>
    database.query(
      `INSERT INTO access_survivors VALUES ($1, $2, $3)
       ON CONFLICT (person_id) DO UPDATE SET survivor_id = excluded.survivor_id, version = excluded.version`,
      [personId, survivorId, version],
    );
  /** A hospital's patient of the person, who lives there. */
  const lives = async (personId: string, household: string, hospital = 'H002') => {
    const id = `${personId}.${household}`;
    await database.query('INSERT INTO patient_persons VALUES ($1, $2, $3, $4, 1)', [hospital, '', id, personId]);
    await keepHousehold(database, { hospital, issuer: '', id }, Buffer.from(household), NOON.toISOString());
  };

  describe('themselves', () => {
    it('is found, also of a person who is one with them', async () => {
      await works('me', 'PME');
      await survives('POLD', 'PME');
      const mine = ['PME', 'POLD'].map((personId) => look('me', { personId, ...VISIT }));
      expect(await findIn(...mine, look('me'), look('other', { personId: 'PME', ...VISIT }))).toEqual([
        ['OWN_RECORD', 'me', 2],
      ]);
    });

    it('is not found once they were linked to two who are one no more, and again when these are', async () => {
      await survives('POLD', 'PME');
      await works('me', 'PME', ['PME', 'POLD']);
      await survives('POLD', null, 2);
      expect(await findIn(look('me', { personId: 'PME' }))).toEqual([]);
      await survives('POLD', 'PME', 3);
      expect(await findIn(look('me', { personId: 'PME' }))).toEqual([['OWN_RECORD', 'me', 2]]);
    });
  });

  describe('their family', () => {
    it('is found by surname and address, in whatever hospital they are known, whoever they are one with', async () => {
      await works('me', 'PME');
      await lives('PME', '陈 文三路1号');
      await lives('PSON', '陈 文三路1号', 'H003');
      await lives('PNEXT', '陈 文三路2号', 'H003');
      await survives('PSON2', 'PSON');
      const seen = ['PSON', 'PSON2', 'PNEXT', 'PME'].map((personId) => look('me', { personId, ...VISIT }));
      expect(await findIn(...seen, look('stranger', { personId: 'PSON' }))).toEqual([
        ['OWN_RECORD', 'me', 1],
        ['SAME_FAMILY', 'me', 2],
      ]);
    });

    it('is nobody in a house where more of the surname live than a family has', async () => {
      await works('me', 'PME');
      for (const n of Array.from({ length: 12 }, (_, n) => n)) await lives(`P${n}`, '陈 文三路9号');
      await lives('PME', '陈 文三路9号');
      expect(await findIn(look('me', { personId: 'P1' }))).toEqual([]);
    });
  });

  describe('a colleague', () => {
    it('is found where both work, unless the hospital treats them, or they look themselves', async () => {
      await works('nurse', 'PNURSE');
      await works('treated', 'PTREATED');
      await works('elsewhere', 'PELSEWHERE', ['PELSEWHERE'], 'H009');
      await works('gone', 'PGONE', ['PGONE'], 'H001', false);
      await survives('PNURSE2', 'PNURSE');
      const opened = (personId: string, how = AT_HOME) => look('curious', { personId, ...how });
      const seen = [opened('PNURSE2'), opened('PTREATED', VISIT), opened('PELSEWHERE'), opened('PGONE')];
      expect(await findIn(...seen, look('nurse', { personId: 'PNURSE', ...AT_HOME }))).toEqual([
        ['COLLEAGUE', 'curious', 1],
        ['OWN_RECORD', 'nurse', 1],
      ]);
    });
  });

  describe('whom everybody knows', () => {
    const list = async (personId: string) => {
      const listed = { reason: '公众人物', listedBy: 'auditor', displayName: '审计', listedAt: NOON };
      const vipId = randomUUID();
      expect(await insertVip(database, { vipId, personId, ...listed })).toBe(true);
      return vipId;
    };

    it('is found by a declared reason, at home and in an emergency, and not where the hospital treats them', async () => {
      await list('PVIP');
      await survives('PVIP', 'PSURVIVOR');
      const declared = { code: 'DECLARED_RELATIONSHIP', policies: ['clinician-opens-when-declared'] };
      const emergency = { code: 'BREAK_GLASS', policies: ['clinician-breaks-glass'] };
      const ordered = { code: 'ORDERED_EXAM', policies: ['clinician-opens-when-ordered'] };
      const referred = { code: 'REFERRAL', policies: ['clinician-opens-when-referred'] };
      const ways = { declared, emergency, ordered, referred, home: AT_HOME, visit: VISIT };
      const seen = Object.entries(ways).map(([way, how]) => look(way, { personId: 'PSURVIVOR', ...how }));
      expect(await findIn(...seen)).toEqual([
        ['VIP', 'declared', 1],
        ['VIP', 'emergency', 1],
        ['VIP', 'home', 1],
      ]);
    });

    it('is found no more once they are not on the list', async () => {
      const vipId = await list('PVIP');
      expect([await endVip(database, vipId, 'a', NOON), await endVip(database, vipId, 'a', NOON)]).toEqual([
        true,
        false,
      ]);
      expect(await findIn(look('curious', { personId: 'PVIP' }))).toEqual([]);
    });
  });

  it('is told by indexes where everybody of the staff is linked', async () => {
    for (const statement of FILL_ACQUAINTED) await database.query(statement);
    const explained = new Explained(database);
    const { found } = await newOfDaysIn(explained, 100_000, RECORDS);
    expect(found.filter(({ own, relatives }) => own.length > 0 && relatives.length > 0).length).toBeGreaterThan(100);
    expect(found.filter(({ metVip }) => metVip).length).toBeGreaterThan(0);
    expect(found.filter(({ metColleague }) => metColleague).length).toBeGreaterThan(0);
    expect(explained.scanned).toEqual([]);
    expect(explained.indexes).toEqual(
      expect.arrayContaining(['patient_households_of', 'staff_links_of', 'patient_persons_of']),
    );
    expect(explained.blocks / RECORDS).toBeLessThan(100);
    expect(await personsOfStaff(database, ['nobody'])).toEqual([]);
  }, 120_000);
});
