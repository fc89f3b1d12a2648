import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsentGrantedV1, ConsentWithdrawnV1, RelationshipDeclaredV1 } from '@yinglian/contracts';
import { until } from '@yinglian/testing';
import type { AccessRequest, Actor } from './index.js';
import { SweepRelationships } from './replicate/sweep-relationships.js';
import { HostService } from './testing/host-service.js';

const AT = '2026-11-24T08:00:00.000Z';
let persons = 0;

describe('access in a service', () => {
  let host: HostService;
  let person: string;
  let study: string;

  const actor = (hospital: string): Actor => ({
    subject: `doctor.${hospital}`,
    displayName: '甲医生',
    roles: ['clinician'],
    hospital,
    department: null,
    sessionId: `session.${hospital}.${person}`,
    purposeOfUse: 'TREAT',
  });
  const opening = (hospital: string): AccessRequest => ({
    actor: actor(hospital),
    action: 'study.retrieve',
    personId: person,
    studyInstanceUid: study,
    ownerHospital: 'H001',
  });
  const outcome = async (hospital: string, details = {}) => {
    const result = await host.access.authorize(opening(hospital), details);
    return result.ok ? result.value.code : result.problem.code;
  };
  const eventually = async (hospital: string, code: string) => {
    await until(async () => (await outcome(hospital, { partOfAView: true })) === code);
    return outcome(hospital, { partOfAView: true });
  };
  const object = async (consentId: string, scope: { kind: 'person' } | { kind: 'study'; studyInstanceUid: string }) => {
    const data = { consentId, personId: person, scope, withdrawnAt: AT };
    await host.consentAudit.publish(ConsentWithdrawnV1, data, { eventId: randomUUID() });
  };
  const grant = (consentId: string) =>
    host.consentAudit.publish(
      ConsentGrantedV1,
      { consentId, personId: person, grantedAt: AT },
      { eventId: randomUUID() },
    );
  const declare = (hospital: string, expiresAt: string) =>
    host.consentAudit.publish(
      RelationshipDeclaredV1,
      {
        relationshipId: randomUUID(),
        personId: person,
        subject: `doctor.${hospital}`,
        hospital,
        declaredAt: AT,
        expiresAt,
      },
      { eventId: randomUUID() },
    );

  beforeAll(async () => {
    host = await HostService.start();
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    persons += 1;
    person = `P${String(persons).padStart(26, '0')}`;
    study = `1.2.3.${persons}`;
    host.now = null;
    await host.database.query('INSERT INTO noted VALUES ($1, $2)', [person, 'H002']);
  });

  it('permits home and treating hospitals and refuses others, each with a record', async () => {
    expect([await outcome('H001'), await outcome('H002'), await outcome('H003')]).toEqual([
      'HOME_HOSPITAL',
      'TREATING_HOSPITAL',
      'ACCESS_REASON_NEEDED',
    ]);
    const decisions = (await host.recorded(person)).map(({ count, decision }) => [
      count,
      decision.outcome,
      decision.code,
    ]);
    expect(decisions.sort()).toEqual([
      [1, 'deny', 'ACCESS_REASON_NEEDED'],
      [1, 'permit', 'HOME_HOSPITAL'],
      [1, 'permit', 'TREATING_HOSPITAL'],
    ]);
  });

  it('permits at once after a declaration that is only in the log, until it ends', async () => {
    expect(await outcome('H003')).toBe('ACCESS_REASON_NEEDED');
    const ends = new Date(Date.now() + 3_600_000);
    await declare('H003', ends.toISOString());
    expect([await outcome('H003'), await outcome('H004')]).toEqual(['DECLARED_RELATIONSHIP', 'ACCESS_REASON_NEEDED']);
    host.now = new Date(ends.getTime() - 1);
    expect(await outcome('H003')).toBe('DECLARED_RELATIONSHIP');
    host.now = ends;
    expect(await outcome('H003', { partOfAView: true })).toBe('ACCESS_REASON_NEEDED');
  });

  it('sweeps relationships that have ended and no others', async () => {
    const ends = Date.now() + 3_600_000;
    await declare('H003', new Date(ends).toISOString());
    await declare('H003', new Date(ends + 1).toISOString());
    await host.caughtUp();
    host.now = new Date(ends + 1);
    await host.service.app.get(SweepRelationships).sweep();
    const left = await host.database.query('SELECT 1 FROM access_relationships WHERE person_id = $1', [person]);
    expect(left).toHaveLength(1);
  });

  it('lets an objection close what was being looked at a moment ago, except at home', async () => {
    expect(await outcome('H002', { partOfAView: true })).toBe('TREATING_HOSPITAL');
    const consentId = randomUUID();
    await object(consentId, { kind: 'person' });
    expect(await eventually('H002', 'PATIENT_OBJECTS')).toBe('PATIENT_OBJECTS');
    expect(await outcome('H001')).toBe('HOME_HOSPITAL');
    await grant(consentId);
    expect(await outcome('H002')).toBe('TREATING_HOSPITAL');
  });

  it('takes an objection that was taken back for none, whichever event comes first', async () => {
    const consentId = randomUUID();
    await grant(consentId);
    await host.caughtUp();
    await object(consentId, { kind: 'person' });
    await host.caughtUp();
    expect(await outcome('H002')).toBe('TREATING_HOSPITAL');
  });

  it('hides closed studies from lists of other hospitals and says what would open', async () => {
    const listed = (studyInstanceUid: string, ownerHospital: string, personId: string | null = person) => ({
      studyInstanceUid,
      ownerHospital,
      personId,
    });
    const open = `${study}.1`;
    const unlinked = `${study}.2`;
    await object(randomUUID(), { kind: 'study', studyInstanceUid: study });
    await object(randomUUID(), { kind: 'study', studyInstanceUid: unlinked });
    await host.caughtUp();
    const found = [listed(study, 'H001'), listed(open, 'H001'), listed(unlinked, 'H001', null)];
    const seenBy = async (hospital: string) =>
      (await host.access.visible(actor(hospital), found)).map(({ studyInstanceUid }) => studyInstanceUid);
    expect([await seenBy('H001'), await seenBy('H002')]).toEqual([[study, open, unlinked], [open]]);
    const would = await host.access.wouldPermit(actor('H002'), found);
    expect([...would].map(([uid, { code }]) => [uid, code])).toEqual([
      [study, 'PATIENT_OBJECTS'],
      [open, 'TREATING_HOSPITAL'],
      [unlinked, 'PATIENT_OBJECTS'],
    ]);
    expect(await host.access.visible({ ...actor('H001'), roles: ['administrator'] }, found)).toEqual([]);
    expect(await host.recorded(person)).toEqual([]);
  });

  it('counts repeated looks of one session at one study as one access, also when the service stops', async () => {
    const looks = Array.from({ length: 40 }, () => outcome('H002', { partOfAView: true }));
    expect(new Set(await Promise.all(looks))).toEqual(new Set(['TREATING_HOSPITAL']));
    const [first, ...more] = await host.recorded(person);
    expect([first?.count, more]).toEqual([1, []]);
    await host.stopService();
    await host.startService();
    const all = await host.recorded(person);
    expect(new Set(all.map(({ accessId }) => accessId))).toEqual(new Set([first?.accessId]));
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });

  it('counts repeated refusals of one session at one study as one, so that nobody fills the log by asking again', async () => {
    const looks = await Promise.all(Array.from({ length: 40 }, () => outcome('H003', { partOfAView: true })));
    expect(new Set(looks)).toEqual(new Set(['ACCESS_REASON_NEEDED']));
    await host.stopService();
    await host.startService();
    const all = await host.recorded(person);
    expect(new Set(all.map(({ accessId, decision }) => `${accessId} ${decision.code}`)).size).toBe(1);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(40);
  });

  it('records a search with the names of its keys', async () => {
    const search: AccessRequest = { ...opening('H003'), action: 'study.search', studyInstanceUid: null };
    expect((await host.access.authorize(search, { query: ['PatientID'] })).ok).toBe(true);
    expect((await host.recorded(person)).map(({ query }) => query)).toEqual([['PatientID']]);
  });

  it('shows nothing when the access cannot be recorded, and records it once it can', async () => {
    await host.database.query('ALTER TABLE outbox RENAME TO outbox_gone');
    try {
      expect(await outcome('H001', { partOfAView: true })).toBe('UNAVAILABLE');
      expect(await outcome('H003')).toBe('UNAVAILABLE');
    } finally {
      await host.database.query('ALTER TABLE outbox_gone RENAME TO outbox');
    }
    expect(await outcome('H001', { partOfAView: true })).toBe('HOME_HOSPITAL');
    expect((await host.recorded(person)).map(({ decision }) => decision.code)).toEqual(['HOME_HOSPITAL']);
  });

  it('asks the database nothing about what was just permitted', async () => {
    expect(await outcome('H002', { partOfAView: true })).toBe('TREATING_HOSPITAL');
    await host.database.query('ALTER TABLE noted RENAME TO noted_gone');
    try {
      expect(await outcome('H002', { partOfAView: true })).toBe('TREATING_HOSPITAL');
      expect(await outcome('H003', { partOfAView: true })).toBe('UNAVAILABLE');
    } finally {
      await host.database.query('ALTER TABLE noted_gone RENAME TO noted');
    }
  });

  it('asks the database again while it is not told of changes', async () => {
    expect(await outcome('H002', { partOfAView: true })).toBe('TREATING_HOSPITAL');
    await host.database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'listens to access_view'",
    );
    await host.database.query('DELETE FROM noted WHERE person = $1', [person]);
    expect(await eventually('H002', 'ACCESS_REASON_NEEDED')).toBe('ACCESS_REASON_NEEDED');
  });

  it('shows nothing while PostgreSQL is away, not even what was just permitted, and goes on afterwards', async () => {
    expect(await outcome('H002', { partOfAView: true })).toBe('TREATING_HOSPITAL');
    await host.postgres.server.kill('SIGKILL');
    // The permit is forgotten as soon as the connection that hears of changes is gone.
    expect(await eventually('H002', 'UNAVAILABLE')).toBe('UNAVAILABLE');
    expect(await outcome('H001')).toBe('UNAVAILABLE');
    await host.postgres.server.restart();
    expect(await eventually('H002', 'TREATING_HOSPITAL')).toBe('TREATING_HOSPITAL');
    const listens = () =>
      host.database.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'listens to access_view'");
    await until(async () => (await listens()).length > 0);
    expect(await listens()).toHaveLength(1);
  });
});
