import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BreakGlassClosedV1,
  BreakGlassOpenedV1,
  ConsentWithdrawnV1,
  PersonsMergedV1,
  PersonsSplitV1,
} from '@yinglian/contracts';
import type { Actor } from './index.js';
import { SweepRelationships } from './replicate/sweep-relationships.js';
import { HostService } from './testing/host-service.js';

const AT = '2026-12-04T08:00:00.000Z';
let persons = 0;

describe('access by broken glass', () => {
  let host: HostService;
  let person: string;
  let other: string;

  const studyOf = (personId: string) => `1.2.${Number(personId.slice(1))}`;
  const actor = (hospital: string, roles: Actor['roles'] = ['clinician']): Actor => ({
    subject: `doctor.${hospital}`,
    displayName: '甲医生',
    roles,
    hospital,
    department: null,
    sessionId: `session.${hospital}`,
    purposeOfUse: 'TREAT',
  });
  const opening = async (hospital: string, personId = person) => {
    const asked = { personId, studyInstanceUid: studyOf(personId), ownerHospital: 'H001' };
    const request = { actor: actor(hospital), action: 'study.retrieve' as const, ...asked };
    const result = await host.access.authorize(request, { partOfAView: true });
    return result.ok ? result.value.code : result.problem.code;
  };
  const listed = (personId = person) => ({ studyInstanceUid: studyOf(personId), personId, ownerHospital: 'H001' });
  const lists = async (who: Actor, personId = person) => (await host.access.visible(who, [listed(personId)])).length;
  const object = async (personId: string) => {
    const data = { consentId: randomUUID(), personId, scope: { kind: 'person' as const }, withdrawnAt: AT };
    await host.consentAudit.publish(ConsentWithdrawnV1, data, { eventId: randomUUID() });
    await host.caughtUp();
  };
  const breakGlass = async (hospital: string, personId = person, expiresAt = new Date(Date.now() + 7_200_000)) => {
    const breakGlassId = randomUUID();
    const data = {
      breakGlassId,
      personId,
      subject: `doctor.${hospital}`,
      hospital,
      department: null,
      kind: 'unconscious' as const,
      openedAt: new Date().toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
    await host.consentAudit.publish(BreakGlassOpenedV1, data, { eventId: randomUUID() });
    return breakGlassId;
  };
  const end = (breakGlassId: string, hospital: string, personId = person) => {
    const closedAt = new Date().toISOString();
    const data = { breakGlassId, personId, subject: `doctor.${hospital}`, cause: 'opener' as const, closedAt };
    return host.consentAudit.publish(BreakGlassClosedV1, data, { eventId: randomUUID() });
  };

  beforeAll(async () => {
    host = await HostService.start();
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    const next = () => `P${String(++persons).padStart(26, '0')}`;
    [person, other] = [next(), next()];
    host.now = null;
    await host.database.query("INSERT INTO noted SELECT p, 'H002' FROM unnest($1::text[]) p", [[person, other]]);
  });

  it('opens and lists one person’s closed studies at once, to who broke it and to nobody else', async () => {
    await object(person);
    await object(other);
    expect([await opening('H002'), await lists(actor('H002'))]).toEqual(['PATIENT_OBJECTS', 0]);
    await breakGlass('H002');
    expect([await lists(actor('H002')), await opening('H002')]).toEqual([1, 'BREAK_GLASS']);
    expect([await opening('H002', other), await lists(actor('H002'), other)]).toEqual(['PATIENT_OBJECTS', 0]);
    expect([await opening('H003'), await lists(actor('H003'))]).toEqual(['PATIENT_OBJECTS', 0]);
    expect(await lists(actor('H002', ['steward']))).toBe(0);
    expect(await opening('H001')).toBe('HOME_HOSPITAL');
  });

  it('names the glass in what is recorded under it, and in nothing else', async () => {
    await object(person);
    await opening('H002');
    const breakGlassId = await breakGlass('H002');
    await opening('H002');
    await lists(actor('H002'));
    await lists(actor('H002'));
    await lists(actor('H001'));
    const recorded = (await host.recorded(person)).map((access) => [
      access.action,
      access.decision.code,
      access.breakGlassId,
    ]);
    expect(recorded).toEqual([
      ['study.retrieve', 'PATIENT_OBJECTS', undefined],
      ['study.retrieve', 'BREAK_GLASS', breakGlassId],
      ['study.search', 'BREAK_GLASS', breakGlassId],
    ]);
  });

  it('is the basis only where nothing else permits', async () => {
    await breakGlass('H002');
    await breakGlass('H003');
    expect([await opening('H002'), await opening('H003')]).toEqual(['TREATING_HOSPITAL', 'BREAK_GLASS']);
  });

  it('is over with the first request after its opener ended it, whatever was permitted a moment ago', async () => {
    await object(person);
    for (let time = 0; time < 20; time += 1) {
      const breakGlassId = await breakGlass('H002');
      expect([await opening('H002'), await opening('H002')]).toEqual(['BREAK_GLASS', 'BREAK_GLASS']);
      await end(breakGlassId, 'H002');
      expect(await opening('H002')).toBe('PATIENT_OBJECTS');
      expect(await lists(actor('H002'))).toBe(0);
    }
  });

  it('is over with the first request after its time', async () => {
    await object(person);
    const ends = new Date(Date.now() + 3_600_000);
    await breakGlass('H002', person, ends);
    expect(await opening('H002')).toBe('BREAK_GLASS');
    host.now = new Date(ends.getTime() - 1);
    expect([await opening('H002'), await lists(actor('H002'))]).toEqual(['BREAK_GLASS', 1]);
    host.now = ends;
    expect([await opening('H002'), await lists(actor('H002'))]).toEqual(['PATIENT_OBJECTS', 0]);
  });

  it('holds for all who are one with the person while they are, and for the survivor afterwards', async () => {
    await object(other);
    await breakGlass('H002');
    const told = { personId: other, version: 1, mergedAt: AT };
    const merged = { ...told, survivorPersonId: person };
    await host.patientIndex.publish(PersonsMergedV1, merged, { eventId: randomUUID() });
    await host.caughtUp();
    expect([await opening('H002', other), await opening('H002'), await lists(actor('H002'), other)]).toEqual([
      'BREAK_GLASS',
      'BREAK_GLASS',
      1,
    ]);
    const split = { personId: other, fromPersonId: person, version: 2, splitAt: AT };
    await host.patientIndex.publish(PersonsSplitV1, split, { eventId: randomUUID() });
    await host.caughtUp();
    expect([await opening('H002', other), await lists(actor('H002'), other)]).toEqual(['PATIENT_OBJECTS', 0]);
  });

  it('ends whichever of its events comes first, and is kept for a day so that none opens it again', async () => {
    await object(person);
    const breakGlassId = randomUUID();
    await end(breakGlassId, 'H002');
    await host.caughtUp();
    const opened = { breakGlassId, personId: person, subject: 'doctor.H002', hospital: 'H002', department: null };
    const later = new Date(Date.now() + 7_200_000);
    const open = () =>
      host.consentAudit.publish(
        BreakGlassOpenedV1,
        { ...opened, kind: 'unconscious', openedAt: AT, expiresAt: later.toISOString() },
        { eventId: randomUUID() },
      );
    await open();
    expect(await opening('H002')).toBe('PATIENT_OBJECTS');
    const kept = async (hours: number) => {
      host.now = new Date(Date.now() + hours * 3_600_000);
      await host.service.app.get(SweepRelationships).sweep();
      host.now = null;
      return (await host.database.query('SELECT FROM access_break_glasses WHERE person_id = $1', [person])).length;
    };
    expect([await kept(23), await kept(25)]).toEqual([1, 0]);
  });

  it('shows nothing closed when it cannot be recorded', async () => {
    await object(person);
    await breakGlass('H002');
    await host.caughtUp();
    await host.database.query('ALTER TABLE outbox RENAME TO outbox_gone');
    try {
      expect(await opening('H002')).toBe('UNAVAILABLE');
      await expect(lists({ ...actor('H002'), sessionId: 'another' })).rejects.toThrow();
    } finally {
      await host.database.query('ALTER TABLE outbox_gone RENAME TO outbox');
    }
    expect(await lists({ ...actor('H002'), sessionId: 'another' })).toBe(1);
  });
});
