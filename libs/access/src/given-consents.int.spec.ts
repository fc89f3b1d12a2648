import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccountLinkedV1,
  AccountUnlinkedV1,
  ConsentEndedV1,
  ConsentGivenV1,
  ConsentWithdrawnV1,
  type EventData,
  PersonsMergedV1,
  PersonsSplitV1,
} from '@yinglian/contracts';
import { HostService } from './testing/host-service.js';

const EARLY = '2026-11-30T08:00:00.000Z';
const LATE = '2026-11-30T09:00:00.000Z';
let persons = 0;

describe('consents and accounts of patients', () => {
  let host: HostService;
  let a: string;
  let b: string;

  const published = async (work: Promise<unknown>) => {
    await work;
    await host.caughtUp();
  };
  const close = (personId: string, receiver?: string) => {
    const data = { consentId: randomUUID(), personId, scope: { kind: 'person' as const }, withdrawnAt: EARLY };
    const named = receiver === undefined ? data : { ...data, receiver };
    return published(host.consentAudit.publish(ConsentWithdrawnV1, named, { eventId: randomUUID() }));
  };
  const give = async (among: string[], receiver: string | null, endsAt?: string) => {
    const [personId = ''] = among;
    const scope = { kind: 'person' as const };
    const data = {
      consentId: randomUUID(),
      personId,
      persons: among,
      scope,
      receiver,
      givenAt: LATE,
      ...(endsAt && { endsAt }),
    };
    await published(host.consentAudit.publish(ConsentGivenV1, data, { eventId: randomUUID() }));
    return data;
  };
  const end = ({ consentId, personId, persons: among }: EventData<typeof ConsentGivenV1>) => {
    const data = { consentId, personId, persons: among, endedAt: LATE };
    return published(host.consentAudit.publish(ConsentEndedV1, data, { eventId: randomUUID() }));
  };
  const merge = (personId: string, survivorPersonId: string, version: number) => {
    const data = { personId, survivorPersonId, version, mergedAt: LATE };
    return published(host.patientIndex.publish(PersonsMergedV1, data, { eventId: randomUUID() }));
  };
  const split = (personId: string, fromPersonId: string, version: number) => {
    const data = { personId, fromPersonId, version, splitAt: LATE };
    return published(host.patientIndex.publish(PersonsSplitV1, data, { eventId: randomUUID() }));
  };
  const opening = async (hospital: string, personId: string) => {
    const actor = {
      subject: `doctor.${hospital}`,
      displayName: '甲医生',
      roles: ['clinician' as const],
      hospital,
      department: null,
      sessionId: 's',
      purposeOfUse: 'TREAT' as const,
    };
    const asked = { personId, studyInstanceUid: `1.2.${Number(personId.slice(1))}`, ownerHospital: 'H001' };
    const result = await host.access.authorize({ actor, action: 'study.retrieve', ...asked });
    return result.ok ? result.value.code : result.problem.code;
  };
  const openings = async (personId: string) => [await opening('H002', personId), await opening('H003', personId)];
  const patient = (account: string) => ({
    subject: account,
    displayName: '患者',
    roles: ['patient' as const],
    hospital: null,
    department: null,
    sessionId: account,
    purposeOfUse: 'PATRQT' as const,
  });
  const reading = async (account: string, personId: string) => {
    const asked = { actor: patient(account), personId, studyInstanceUid: null, ownerHospital: null };
    const result = await host.access.authorize({ action: 'person.read', ...asked });
    return result.ok ? result.value.code : result.problem.code;
  };
  const listed = async (account: string, personId: string) => {
    const study = { studyInstanceUid: `1.2.${Number(personId.slice(1))}`, personId, ownerHospital: 'H001' };
    return (await host.access.visible(patient(account), [study])).length;
  };
  const link = async (account: string, among: string[], endsAt: string | null = null) => {
    const [personId = ''] = among;
    const data = { linkId: randomUUID(), account, personId, persons: among, endsAt, linkedAt: LATE };
    // Not waited for: a refusal of one's own record waits itself.
    await host.consentAudit.publish(AccountLinkedV1, data, { eventId: randomUUID() });
    return data.linkId;
  };

  const [OPEN, CLOSED] = ['TREATING_HOSPITAL', 'PATIENT_OBJECTS'];

  beforeAll(async () => {
    host = await HostService.start();
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    const next = () => `P${String(++persons).padStart(26, '0')}`;
    [a, b] = [next(), next()];
    for (const hospital of ['H002', 'H003'])
      await host.database.query('INSERT INTO noted SELECT person, $2 FROM unnest($1::text[]) person', [
        [a, b],
        hospital,
      ]);
  });

  it('close to one hospital alone', async () => {
    await close(a, 'H003');
    expect(await openings(a)).toEqual([OPEN, CLOSED]);
  });

  it('end at their end without any event: what was closed is closed again, also to who has just looked', async () => {
    await close(a);
    await give([a], 'H003', '2027-03-31T16:00:00.000Z');
    host.now = new Date('2027-03-31T15:59:59Z');
    expect([await openings(a), await openings(a)]).toEqual([
      [CLOSED, OPEN],
      [CLOSED, OPEN],
    ]);
    host.now = new Date('2027-03-31T16:00:00Z');
    expect(await openings(a)).toEqual([CLOSED, CLOSED]);
    host.now = null;
  });

  it('except one hospital from what is closed, until they end', async () => {
    await close(a);
    const given = await give([a], 'H003');
    expect(await openings(a)).toEqual([CLOSED, OPEN]);
    await end(given);
    expect(await openings(a)).toEqual([CLOSED, CLOSED]);
  });

  it('have ended, in whichever order it is heard', async () => {
    await close(a);
    const scope = { kind: 'person' as const };
    const given = { consentId: randomUUID(), personId: a, persons: [a], scope, receiver: 'H003', givenAt: LATE };
    await end(given);
    await published(host.consentAudit.publish(ConsentGivenV1, given, { eventId: randomUUID() }));
    expect(await openings(a)).toEqual([CLOSED, CLOSED]);
  });

  it('open nothing of somebody with whom a person is merged, and nothing that was given while they were one once they are split', async () => {
    await close(a);
    await give([b], 'H003');
    await merge(b, a, 1);
    expect([await openings(a), await openings(b)]).toEqual([
      [CLOSED, CLOSED],
      [CLOSED, CLOSED],
    ]);
    await give([a, b], 'H003');
    expect([await openings(a), await openings(b)]).toEqual([
      [CLOSED, OPEN],
      [CLOSED, OPEN],
    ]);
    await split(b, a, 2);
    expect([await openings(a), await openings(b)]).toEqual([
      [CLOSED, CLOSED],
      [OPEN, OPEN],
    ]);
  });

  it('let a patient read of themselves at once, also what is closed, and of nobody else, until the account is unlinked', async () => {
    await close(a);
    const account = `p.${a}`;
    const linkId = await link(account, [a]);
    expect([await reading(account, a), await reading(account, b), await reading('p.other', a)]).toEqual([
      'OWN_RECORD',
      'ACCESS_DENIED',
      'ACCESS_DENIED',
    ]);
    expect([await listed(account, a), await listed(account, b)]).toEqual([1, 0]);
    const data = { linkId, personId: a, unlinkedAt: LATE };
    await published(host.consentAudit.publish(AccountUnlinkedV1, data, { eventId: randomUUID() }));
    expect([await reading(account, a), await listed(account, a)]).toEqual(['ACCESS_DENIED', 0]);
  });

  it('let a guardian read of the child until the 14th birthday', async () => {
    const account = `p.${a}`;
    await link(account, [a], '2027-03-01T00:00:00.000Z');
    host.now = new Date('2027-02-28T23:59:59Z');
    expect(await reading(account, a)).toBe('OWN_RECORD');
    host.now = new Date('2027-03-01T00:00:00Z');
    expect(await reading(account, a)).toBe('ACCESS_DENIED');
    host.now = null;
  });

  it('let an account that stands for two who are one stand for neither when they are split', async () => {
    const account = `p.${a}`;
    await merge(b, a, 1);
    await link(account, [a, b]);
    expect([await reading(account, a), await reading(account, b)]).toEqual(['OWN_RECORD', 'OWN_RECORD']);
    await split(b, a, 2);
    expect([await reading(account, a), await reading(account, b)]).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  });
});
