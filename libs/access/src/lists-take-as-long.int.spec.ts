import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { ConsentWithdrawnV1 } from '@yinglian/contracts';
import { ConsumerProgress } from '@yinglian/messaging';
import type { Actor, ListedStudy } from './index.js';
import { HostService } from './testing/host-service.js';

const doctor: Actor = {
  subject: 'dr.asking',
  displayName: '甲医生',
  roles: ['clinician'],
  hospital: 'H003',
  department: null,
  sessionId: 's',
  purposeOfUse: 'TREAT',
};
const person = (n: number) => `P${String(n).padStart(26, '0')}`;
const studiesOf = (n: number): ListedStudy[] =>
  [1, 2, 3].map((nth) => ({ studyInstanceUid: `1.2.${n}.${nth}`, personId: person(n), ownerHospital: 'H001' }));

let host: HostService;
beforeAll(async () => {
  host = await HostService.start();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => host.stop());

const close = (n: number, scope: { kind: 'person' } | { kind: 'study'; studyInstanceUid: string }) =>
  host.consentAudit.publish(
    ConsentWithdrawnV1,
    { consentId: randomUUID(), personId: person(n), scope, withdrawnAt: new Date().toISOString() },
    { eventId: randomUUID() },
  );

/** What is asked of the database and of the event log before a list is answered. */
async function askedFor(studies: readonly ListedStudy[]) {
  const database = jest.spyOn(host.database, 'query');
  const log = jest.spyOn(host.service.app.get(ConsumerProgress), 'caughtUp');
  const shown = (await host.access.visible(doctor, studies)).length;
  const asked = { database: database.mock.calls.map(([text]) => text), log: log.mock.calls };
  jest.restoreAllMocks();
  return { shown, asked };
}

it('asks the same for a list that hides nothing, something, all', async () => {
  await close(2, { kind: 'study', studyInstanceUid: '1.2.2.1' });
  await close(3, { kind: 'person' });
  await host.caughtUp();
  // What is remembered of policies is remembered before.
  await askedFor(studiesOf(4));
  const [nothing, something, all] = [
    await askedFor(studiesOf(1)),
    await askedFor(studiesOf(2)),
    await askedFor(studiesOf(3)),
  ];
  expect([nothing.shown, something.shown, all.shown]).toEqual([3, 2, 0]);
  expect(nothing.asked.log).toHaveLength(1);
  expect(nothing.asked.database.length).toBeGreaterThan(1);
  expect(something.asked).toEqual(nothing.asked);
  expect(all.asked).toEqual(nothing.asked);
});

it('asks the log for a list of nothing as well', async () => {
  expect((await askedFor([])).asked.log).toHaveLength(1);
});

it('hides what was closed a moment ago, when only the log has it', async () => {
  await close(5, { kind: 'person' });
  expect((await askedFor(studiesOf(5))).shown).toBe(0);
});

it('waits for a log that does not answer once, and not with each list', async () => {
  const asked = jest
    .spyOn(host.service.app.get(ConsumerProgress), 'caughtUp')
    .mockRejectedValue(new Error('It is away'));
  for (let n = 0; n < 5; n += 1) await host.access.visible(doctor, studiesOf(6));
  expect(asked).toHaveBeenCalledTimes(1);
});
