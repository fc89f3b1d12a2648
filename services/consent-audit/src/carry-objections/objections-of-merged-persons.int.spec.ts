import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonLinkedV1, PersonsMergedV1, PersonsSplitV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { ConsentAuditService } from '../testing/consent-audit-service.js';
import { CarryObjectionsWhenPersonsSplit } from './carry-objections-when-persons-split.js';

let persons = 0;

interface Listed {
  readonly consentId: string;
  readonly personId: string;
  readonly note: string;
  readonly grantedAt: string | null;
  readonly copyOf: string | null;
}

describe('what is recorded of persons who are merged and split', () => {
  let service: ConsentAuditService;
  let a: string;
  let b: string;
  let c: string;

  /** Also what is said because of what was heard. */
  const settled = async () => {
    await service.settled();
    await service.settled();
  };
  const merge = async (personId: string, survivorPersonId: string, version: number, mergedAt = new Date()) => {
    await service.told(PersonsMergedV1, { personId, survivorPersonId, version, mergedAt: mergedAt.toISOString() });
    await settled();
  };
  const split = async (personId: string, fromPersonId: string, version: number) => {
    await service.told(PersonsSplitV1, { personId, fromPersonId, version, splitAt: new Date().toISOString() });
    await settled();
  };
  const object = async (personId: string, note: string): Promise<string> => {
    const objection = { personId, scope: { kind: 'person' }, note };
    const { status, body } = await service.ask('steward', null, 'POST', 'objections', objection);
    expect(status).toBe(201);
    await settled();
    return body.consentId;
  };
  const takeBack = async (consentId: string) => {
    const { status } = await service.ask('steward', null, 'DELETE', `objections/${consentId}`);
    await settled();
    return status;
  };
  const objections = async (personId: string): Promise<Listed[]> =>
    (await service.ask('steward', null, 'GET', `objections?personId=${personId}`)).body.items;
  const opening = (personId: string, hospital = 'H003') => service.opening(hospital, personId, '1.2.3');
  const openings = async () => [await opening(a), await opening(b), await opening(c)];
  const told = async () =>
    (
      await service.log.query<{ type: string; personId: string }>(
        `SELECT envelope::jsonb ->> 'type' AS type, envelope::jsonb -> 'data' ->> 'personId' AS "personId"
         FROM event_log.records WHERE topic = 'consents' AND envelope::jsonb -> 'data' ->> 'personId' = ANY ($1)
         ORDER BY appended_at, position`,
        [[a, b, c]],
      )
    ).map(({ type, personId }) => [type, [a, b, c].indexOf(personId)]);
  /** Everything that is answered of the three, as text; the looks of whoever asks are left out. */
  const look = async () => {
    const answers: unknown[] = await openings();
    for (const person of [a, b, c]) {
      answers.push(await objections(person));
      for (const list of ['declared-relationships?', 'accesses?actor=the.clinician.H002&action=study.retrieve&'])
        answers.push((await service.ask('auditor', null, 'GET', `${list}personId=${person}`)).body);
    }
    return JSON.stringify(answers);
  };

  const OPEN = 'ACCESS_REASON_NEEDED';
  const CLOSED = 'PATIENT_OBJECTS';
  const WITHDRAWN = 'consent.withdrawn.v1';

  beforeAll(async () => {
    service = await ConsentAuditService.start();
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    const next = () => `P${String(++persons).padStart(26, '0')}`;
    [a, b, c] = [next(), next(), next()];
  });

  it('is listed for all of them while they are one, and is afterwards what it was before', async () => {
    await object(a, '本人到场');
    for (const person of [a, b]) {
      await service.ask('clinician', 'H002', 'POST', 'declared-relationships', {
        personId: person,
        reason: '急诊接诊',
      });
      await service.opening('H002', person, '1.2.3');
    }
    await settled();
    const before = await look();
    await merge(a, b, 1);
    expect(await openings()).toEqual([CLOSED, CLOSED, OPEN]);
    expect(await objections(b)).toEqual(await objections(a));
    expect((await objections(b)).map(({ personId, note }) => [personId, note])).toEqual([[a, '本人到场']]);
    const listed = async (list: string, person: string) =>
      (await service.ask('auditor', null, 'GET', `${list}personId=${person}`)).body.items;
    for (const list of ['declared-relationships?', 'accesses?actor=the.clinician.H002&action=study.retrieve&']) {
      const items: { personId: string }[] = await listed(list, b);
      expect(items.map(({ personId }) => personId).sort()).toEqual([a, b].sort());
      expect(await listed(list, a)).toEqual(items);
    }
    await split(a, b, 2);
    expect(await look()).toBe(before);
    expect(await told()).toHaveLength(3);
  });

  it('is the survivor’s, and an objection holds for each of them when they are split, until each takes it back', async () => {
    await merge(a, b, 1);
    const consentId = await object(a, '合并期间');
    expect((await objections(a)).map(({ personId }) => personId)).toEqual([b]);
    await split(a, b, 2);
    expect(await objections(b)).toMatchObject([{ consentId, personId: b, copyOf: null }]);
    const [copy] = await objections(a);
    expect(copy).toMatchObject({ personId: a, note: '合并期间', grantedAt: null, copyOf: consentId });
    expect(copy?.consentId).not.toBe(consentId);
    expect(await told()).toEqual([
      [WITHDRAWN, 1],
      [WITHDRAWN, 0],
    ]);
    expect(await openings()).toEqual([CLOSED, CLOSED, OPEN]);
    expect(await takeBack(consentId)).toBe(200);
    expect(await openings()).toEqual([CLOSED, OPEN, OPEN]);
    expect(await takeBack(copy?.consentId ?? '')).toBe(200);
    expect(await openings()).toEqual([OPEN, OPEN, OPEN]);
  });

  it('is carried over once, although the log delivers the split again and the inbox has forgotten it', async () => {
    await merge(a, b, 1);
    await object(b, '');
    await split(a, b, 2);
    const before = await look();
    await service.app.get(Database).query('DELETE FROM inbox');
    await service.stopService();
    await service.log.query(
      "UPDATE event_log.offsets SET position = 0 WHERE topic = 'persons' AND consumer_group = 'consent-audit'",
    );
    await service.startService();
    await settled();
    expect(await look()).toBe(before);
    await merge(a, b, 3);
    await split(a, b, 4);
    expect(await look()).toBe(before);
  });

  it('is not carried over once it is taken back', async () => {
    await merge(a, b, 1);
    expect(await takeBack(await object(a, ''))).toBe(200);
    await split(a, b, 2);
    expect([await objections(a), await openings()]).toEqual([[], [OPEN, OPEN, OPEN]]);
  });

  it('counts as recorded while they were one when the merge was only not known yet', async () => {
    const mergedAt = new Date(Date.now() - 60_000);
    await object(a, '');
    await merge(a, b, 1, mergedAt);
    await split(a, b, 2);
    expect(await openings()).toEqual([CLOSED, CLOSED, OPEN]);
  });

  it('is carried over when another merge is told before the split', async () => {
    await merge(a, b, 1);
    await object(b, '');
    await merge(a, c, 3);
    await split(a, b, 2);
    expect((await objections(a)).map(({ personId }) => personId)).toEqual([a]);
    expect(await openings()).toEqual([CLOSED, CLOSED, CLOSED]);
  });

  it.each(['whoever was merged first', 'whoever leads first'])(
    'goes along a chain and back, told %s',
    async (order) => {
      const inOrder = async (...steps: (() => Promise<void>)[]) => {
        for (const step of order === 'whoever was merged first' ? steps : steps.reverse()) {
          await step();
          expect(await opening(a)).toBe(CLOSED);
          expect(await opening(b)).toBe(CLOSED);
        }
      };
      const notes = async (person: string) => [...new Set((await objections(person)).map(({ note }) => note))].sort();
      const own = async (person: string) =>
        (await objections(person)).flatMap(({ note, personId }) => (personId === person ? note : [])).sort();
      await merge(a, b, 1);
      await object(a, '1');
      await inOrder(
        () => merge(a, c, 2),
        () => merge(b, c, 1),
      );
      expect(await opening(c)).toBe(CLOSED);
      await object(b, '2');
      expect([await notes(a), await notes(b), await notes(c)]).toEqual(Array(3).fill(['1', '2']));
      await inOrder(
        () => merge(a, b, 3),
        () => split(b, c, 2),
      );
      expect([await notes(a), await notes(b), await notes(c)]).toEqual([['1', '2'], ['1', '2'], ['2']]);
      await split(a, b, 4);
      expect([await own(a), await own(b), await own(c)]).toEqual([['1', '2'], ['1', '2'], ['2']]);
    },
  );

  it('stays with the survivor when it is a declared relationship', async () => {
    await merge(a, b, 1);
    const about = { personId: a, reason: '会诊需要' };
    const { body } = await service.ask('clinician', 'H003', 'POST', 'declared-relationships', about);
    expect(body.personId).toBe(b);
    expect([await opening(a), await opening(b)]).toEqual(['DECLARED_RELATIONSHIP', 'DECLARED_RELATIONSHIP']);
    await split(a, b, 2);
    expect([await opening(a), await opening(b)]).toEqual([OPEN, 'DECLARED_RELATIONSHIP']);
  });

  it('waits for a split that is just being applied', async () => {
    await merge(a, b, 1);
    let objected: Promise<string> | undefined;
    await service.app.get(Database).transaction(async (tx) => {
      const told = { personId: a, survivorId: null, version: 2, at: new Date().toISOString(), isNews: true };
      await tx.query('UPDATE access_survivors SET survivor_id = NULL, version = 2 WHERE person_id = $1', [a]);
      await new CarryObjectionsWhenPersonsSplit(service.app.get(Outbox)).survivorTold(tx, told);
      objected = object(a, '');
      await pause(300);
    });
    await objected;
    expect([await objections(a), await objections(b)]).toMatchObject([[{ personId: a }], []]);
  });

  it('is carried over also when two are told apart at the same moment', async () => {
    await merge(a, b, 1);
    await merge(a, c, 2);
    await merge(b, c, 1);
    await object(c, '');
    const carry = new CarryObjectionsWhenPersonsSplit(service.app.get(Outbox));
    // C leads the two no more; B leads A. Each of the two transactions alone would still see A one with C.
    const tell = (personId: string, survivorId: string | null, version: number) =>
      service.app.get(Database).transaction(async (tx) => {
        await tx.query('UPDATE access_survivors SET survivor_id = $2, version = $3 WHERE person_id = $1', [
          personId,
          survivorId,
          version,
        ]);
        await pause(200);
        await carry.survivorTold(tx, { personId, survivorId, version, at: new Date().toISOString(), isNews: true });
      });
    await Promise.all([tell(a, b, 3), tell(b, null, 2)]);
    await settled();
    expect((await objections(a)).map(({ personId }) => personId).sort()).toEqual([a, b].sort());
  });

  it('is the person’s whom the highest version links, of whichever kind the event is', async () => {
    await service.knows(a, `9.${persons}`);
    const patient = { hospital: 'H001', issuer: '', id: a };
    const link = { patient, rule: 'STEWARD' as const, linkedAt: new Date().toISOString() };
    await service.told(PersonLinkedV1, { ...link, personId: b, version: 3 });
    await service.told(PersonLinkedV1, { ...link, personId: c, version: 2 });
    await settled();
    const about = { studyInstanceUid: `9.${persons}`, reason: '会诊需要' };
    const { body } = await service.ask('clinician', 'H003', 'POST', 'declared-relationships', about);
    expect(body.personId).toBe(b);
  });
});
