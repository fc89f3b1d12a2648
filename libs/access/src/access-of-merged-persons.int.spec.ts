import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ConsentGrantedV1,
  ConsentWithdrawnV1,
  PersonsMergedV1,
  PersonsSplitV1,
  RelationshipDeclaredV1,
} from '@yinglian/contracts';
import { until } from '@yinglian/testing';
import { personGroup, survivorOf } from './index.js';
import { HostService } from './testing/host-service.js';

const AT = '2026-11-29T08:00:00.000Z';
const ENDS = '2099-01-01T00:00:00.000Z';
let persons = 0;

describe('access to the studies of persons who are one', () => {
  let host: HostService;
  let a: string;
  let b: string;
  let c: string;

  const studyOf = (person: string) => `1.2.${Number(person.slice(1))}`;
  const publishing = async (work: Promise<unknown>) => {
    await work;
    await host.caughtUp();
  };
  const merged = (personId: string, survivorPersonId: string, version: number, eventId: string = randomUUID()) => {
    const data = { personId, survivorPersonId, version, mergedAt: AT };
    return publishing(host.patientIndex.publish(PersonsMergedV1, data, { eventId }));
  };
  const split = (personId: string, fromPersonId: string, version: number) => {
    const data = { personId, fromPersonId, version, splitAt: AT };
    return publishing(host.patientIndex.publish(PersonsSplitV1, data, { eventId: randomUUID() }));
  };
  type Scope = { kind: 'person' } | { kind: 'study'; studyInstanceUid: string };
  const object = async (personId: string, scope: Scope = { kind: 'person' }) => {
    const consentId = randomUUID();
    const data = { consentId, personId, scope, withdrawnAt: AT };
    await publishing(host.consentAudit.publish(ConsentWithdrawnV1, data, { eventId: randomUUID() }));
    return consentId;
  };
  const grant = (consentId: string, personId: string) => {
    const data = { consentId, personId, grantedAt: AT };
    return publishing(host.consentAudit.publish(ConsentGrantedV1, data, { eventId: randomUUID() }));
  };
  const declare = (personId: string, hospital: string) => {
    const data = {
      relationshipId: randomUUID(),
      personId,
      subject: `doctor.${hospital}`,
      hospital,
      declaredAt: AT,
      expiresAt: ENDS,
    };
    return publishing(host.consentAudit.publish(RelationshipDeclaredV1, data, { eventId: randomUUID() }));
  };
  const opening = async (hospital: string, personId: string, studyInstanceUid = studyOf(personId)) => {
    const actor = {
      subject: `doctor.${hospital}`,
      displayName: '甲医生',
      roles: ['clinician' as const],
      hospital,
      department: null,
      sessionId: 's',
      purposeOfUse: 'TREAT' as const,
    };
    const asked = { personId, studyInstanceUid, ownerHospital: 'H001' };
    const result = await host.access.authorize({ actor, action: 'study.retrieve', ...asked }, { partOfAView: true });
    return result.ok ? result.value.code : result.problem.code;
  };
  /** What H002, who treats everybody, and H003, who treats nobody, are answered about each of the three. */
  const answers = async () => {
    const of: string[] = [];
    for (const person of [a, b, c]) of.push(await opening('H002', person), await opening('H003', person));
    return of;
  };
  const group = (person: string) => personGroup(host.database, person);
  const survivor = (person: string) => survivorOf(host.database, person);

  const OPEN = ['TREATING_HOSPITAL', 'ACCESS_REASON_NEEDED'];
  const CLOSED = ['PATIENT_OBJECTS', 'PATIENT_OBJECTS'];

  beforeAll(async () => {
    host = await HostService.start();
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    const next = () => `P${String(++persons).padStart(26, '0')}`;
    [a, b, c] = [next(), next(), next()];
    await host.database.query("INSERT INTO noted SELECT person, 'H002' FROM unnest($1::text[]) person", [[a, b, c]]);
  });

  it('is closed by an objection of any of them while they are one, and is afterwards what it was before', async () => {
    await object(a);
    await declare(b, 'H003');
    const before = await answers();
    expect(before).toEqual([...CLOSED, 'TREATING_HOSPITAL', 'DECLARED_RELATIONSHIP', ...OPEN]);
    await merged(a, b, 1);
    expect(await answers()).toEqual([...CLOSED, ...CLOSED, ...OPEN]);
    await split(a, b, 2);
    expect(await answers()).toEqual(before);
  });

  it('is open for who declared a relationship with any of them', async () => {
    await declare(a, 'H003');
    await merged(a, b, 1);
    expect([await opening('H003', a), await opening('H003', b), await opening('H003', c)]).toEqual([
      'DECLARED_RELATIONSHIP',
      'DECLARED_RELATIONSHIP',
      'ACCESS_REASON_NEEDED',
    ]);
  });

  it('closes within the usual path what the survivor’s viewer was looking at a moment ago', async () => {
    await object(a);
    expect(await opening('H002', b)).toBe('TREATING_HOSPITAL');
    await merged(a, b, 1);
    const mergedAt = performance.now();
    await until(async () => (await opening('H002', b)) === 'PATIENT_OBJECTS');
    expect(performance.now() - mergedAt).toBeLessThan(1_000);
    expect(await opening('H002', b)).toBe('PATIENT_OBJECTS');
  });

  it('opens again for all when the one who objected takes it back', async () => {
    const consentId = await object(a);
    await merged(a, b, 1);
    expect(await opening('H002', b)).toBe('PATIENT_OBJECTS');
    await grant(consentId, a);
    expect(await opening('H002', b)).toBe('TREATING_HOSPITAL');
  });

  it('stays closed study by study where one study is objected to', async () => {
    await object(a, { kind: 'study', studyInstanceUid: studyOf(a) });
    await merged(a, b, 1);
    // After the merge the study is the survivor's.
    expect([await opening('H002', b, studyOf(a)), await opening('H002', b)]).toEqual([
      'PATIENT_OBJECTS',
      'TREATING_HOSPITAL',
    ]);
  });

  it('follows a chain, whichever of its persons is told of first', async () => {
    for (const order of ['told at the end first', 'told at the beginning first']) {
      const next = () => `P${String(++persons).padStart(26, '0')}`;
      const [x, y, z] = [next(), next(), next()];
      await host.database.query("INSERT INTO noted SELECT person, 'H002' FROM unnest($1::text[]) person", [[x, y, z]]);
      await object(z);
      await merged(x, y, 1);
      if (order === 'told at the end first') await merged(y, z, 1);
      else await merged(x, z, 2);
      expect(await opening('H002', x)).toBe('PATIENT_OBJECTS');
      if (order === 'told at the end first') await merged(x, z, 2);
      else await merged(y, z, 1);
      expect([await group(x), await group(y), await group(z)]).toEqual([
        [x, y, z],
        [x, y, z],
        [x, y, z],
      ]);
      expect([await survivor(x), await survivor(y), await survivor(z)]).toEqual([z, z, z]);
      expect([await opening('H002', x), await opening('H002', y)]).toEqual(['PATIENT_OBJECTS', 'PATIENT_OBJECTS']);
    }
  });

  it('takes the highest version for what holds, however often and in which order they come', async () => {
    await object(a);
    await split(a, b, 2);
    await merged(a, b, 1);
    expect([await group(a), await survivor(a)]).toEqual([[a], a]);
    const eventId = randomUUID();
    await merged(a, c, 5, eventId);
    await merged(a, b, 3);
    await merged(a, c, 5, eventId);
    await split(a, b, 4);
    expect([await group(b), await group(c), await survivor(a)]).toEqual([[b], [a, c], c]);
    expect(await answers()).toEqual([...CLOSED, ...OPEN, ...CLOSED]);
  });

  it('ends also while two are told to stand for each other', async () => {
    await object(a);
    await merged(a, b, 1);
    await merged(b, a, 1);
    expect([await group(a), await survivor(a), await survivor(b)]).toEqual([[a, b], a, b]);
    expect(await opening('H002', b)).toBe('PATIENT_OBJECTS');
    await split(a, b, 2);
    expect([await survivor(a), await survivor(b)]).toEqual([a, a]);
  });
});
