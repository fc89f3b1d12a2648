import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PoliciesAdoptedV1, type PolicyFiles } from '@yinglian/contracts';
import { Policies, replay, shippedPolicies, versionOf } from './index.js';
import { HostService } from './testing/host-service.js';

const shipped = shippedPolicies();
let persons = 0;

/** The shipped ones, but a study of the hospital's own opens others for so many days. */
function withStudyWindow(days: number): PolicyFiles {
  const clinicians = shipped.files['clinicians.cedar']?.replace('daysSinceStudy <= 365', `daysSinceStudy <= ${days}`);
  return { ...shipped.files, 'clinicians.cedar': clinicians ?? '' };
}

describe('policies that a province adopts', () => {
  let host: HostService;
  let person: string;

  const adopt = (adoption: number, files: PolicyFiles) =>
    host.consentAudit.publish(
      PoliciesAdoptedV1,
      {
        adoption,
        version: versionOf({ ...shipped, files }),
        files,
        adoptedAt: '2026-11-24T08:00:00.000Z',
        proposedBy: 'security',
        signedBy: 'security2',
      },
      { eventId: randomUUID() },
    );
  /** By H002, which made a study of the person seven days ago; the viewer's repeated looks are remembered. */
  const opening = async () => {
    const result = await host.access.authorize(
      {
        actor: {
          subject: 'dr.li',
          displayName: '李医生',
          roles: ['clinician'],
          hospital: 'H002',
          department: null,
          sessionId: `session.${person}`,
          purposeOfUse: 'TREAT',
        },
        action: 'study.retrieve',
        personId: person,
        studyInstanceUid: `1.2.3.${persons}`,
        ownerHospital: 'H001',
      },
      { partOfAView: true },
    );
    return result.ok ? result.value.code : result.problem.code;
  };

  beforeAll(async () => {
    host = await HostService.start();
  });
  afterAll(() => host.stop());
  beforeEach(async () => {
    persons += 1;
    person = `P${String(persons).padStart(26, '0')}`;
    await host.database.query('INSERT INTO noted VALUES ($1, $2)', [person, 'H002']);
  });

  it('decide from when they are applied, also what was permitted and remembered', async () => {
    expect(await opening()).toBe('TREATING_HOSPITAL');
    await adopt(1, withStudyWindow(6));
    // The notice to who remembers a permit follows what is applied.
    while ((await opening()) === 'TREATING_HOSPITAL') await pause(20);
    expect(await opening()).toBe('ACCESS_REASON_NEEDED');
    await adopt(2, withStudyWindow(8));
    // A refusal stands with everything applied that the log held.
    expect(await opening()).toBe('TREATING_HOSPITAL');
  });

  it('are told by each record, which is decided again by the same and by others', async () => {
    await adopt(3, withStudyWindow(6));
    await host.caughtUp();
    await opening();
    const [record] = await host.recorded(person);
    expect(record?.decision.policyVersion).toBe(versionOf({ ...shipped, files: withStudyWindow(6) }));
    const again = (days: number) => record && replay(Policies.of({ ...shipped, files: withStudyWindow(days) }), record);
    const { outcome: _, ...decided } = record?.decision ?? {};
    expect(again(6)).toMatchObject({ ...decided, permitted: false });
    expect(again(8)).toMatchObject({ permitted: true, code: 'TREATING_HOSPITAL' });
  });

  it('are those with the highest number, whichever came last, also after a new start', async () => {
    await adopt(5, withStudyWindow(8));
    await adopt(4, withStudyWindow(6));
    await host.caughtUp();
    expect(await opening()).toBe('TREATING_HOSPITAL');
    await host.stopService();
    await host.startService();
    expect(await opening()).toBe('TREATING_HOSPITAL');
  });

  it('are asked for each time while nobody tells of changes', async () => {
    expect(await opening()).toBe('TREATING_HOSPITAL');
    // The connection that hears of changes is ended, again and again.
    const deaf = setInterval(
      () =>
        void host.database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%' AND pid <> pg_backend_pid()",
        ),
      20,
    );
    try {
      await pause(200);
      await adopt(6, withStudyWindow(6));
      await host.caughtUp();
      expect(await opening()).toBe('ACCESS_REASON_NEEDED');
    } finally {
      clearInterval(deaf);
    }
  });

  it('keep a service from starting that cannot read them', async () => {
    await adopt(7, { 'some.cedar': '@id("x")\npermit (principal, action, resource) when { context.friend };' });
    await host.caughtUp();
    await host.stopService();
    await expect(host.startService()).rejects.toThrow('The policies are wrong');
  });
});
