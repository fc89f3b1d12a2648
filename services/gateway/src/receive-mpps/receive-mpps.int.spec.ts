import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { machineHas } from '@yinglian/testing';
import { Modality, newUid, stepBegins, stepEnds } from '../testing/modality.js';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(120_000);

(machineHas('pydicom') ? describe : describe.skip)('performed procedure steps of a modality', () => {
  let gateway: TestGateway;
  let modality: Modality;

  beforeAll(async () => {
    // So that a study that waits for no one would be told at once.
    gateway = await TestGateway.start({ STUDY_QUIET_AFTER_RELEASE_MS: '1' });
    modality = await Modality.start();
  });
  afterAll(async () => {
    await gateway.stop();
    await modality.stop();
  });

  const told = async (study: string) => {
    const events = (await gateway.events()).filter(({ type }) => type === 'study.received.v2');
    return events.flatMap(({ data }) => (data.studyInstanceUid === study ? [data] : []));
  };
  const atRegistry = async (study: string) =>
    (await gateway.province.instances()).filter(({ manifest }) => manifest.studyInstanceUid === study).length;
  const step = (study: string) => ({ studyInstanceUid: study, status: 'IN PROGRESS', accessionNumber: 'A1' });
  const perform = (...actions: Parameters<Modality['perform']>[1]) => modality.perform(gateway.dicomPort, actions);
  const statuses = async (...actions: Parameters<Modality['perform']>[1]) =>
    (await perform(...actions)).map(({ status }) => status);
  const study = async (count: number) => {
    const uid = newUid();
    const instances = Array.from({ length: count }, newUid);
    const files = await Promise.all(instances.map((instance) => modality.image(uid, instance)));
    return { uid, instances, stores: files.map((store) => ({ store })) };
  };

  it('are answered by what PS3.4 annex F asks, and what is repeated is a success', async () => {
    const uid = newUid();
    const begins = { create: uid, elements: stepBegins(step(newUid())) };
    const ends = { set: uid, elements: stepEnds([newUid()]) };
    const other = { set: uid, elements: stepEnds([newUid()]) };
    expect(await statuses(begins, begins, { ...begins, elements: stepBegins(step(newUid())) })).toEqual([0, 0, 0x0111]);
    expect(await statuses(ends, ends, other)).toEqual([0, 0, 0x0110]);
    expect(await statuses({ set: newUid(), elements: stepEnds([]) })).toEqual([0x0112]);
    const { status: _, ...silent } = step(newUid());
    expect(await statuses({ create: newUid(), elements: stepBegins(silent) })).toEqual([0x0120]);
    const ended = { create: newUid(), elements: stepBegins({ ...silent, status: 'COMPLETED' }) };
    expect(await statuses(ended)).toEqual([0x0106]);
    expect(await statuses({ create: null, elements: stepBegins(step(newUid())) })).toEqual([0]);
  });

  it('complete a study when all that they list is here, and not before', async () => {
    const { uid, instances, stores } = await study(3);
    const [first, second, third] = stores;
    const mpps = newUid();
    if (first === undefined || second === undefined || third === undefined) throw new Error('Three were asked for');
    await perform({ create: mpps, elements: stepBegins(step(uid)) }, first);
    await eventually('the first is at the registry', async () => (await atRegistry(uid)) === 1);
    await perform({ set: mpps, elements: stepEnds(instances) }, second);
    await eventually('the second is at the registry', async () => (await atRegistry(uid)) === 2);
    expect(await told(uid)).toEqual([]);
    await perform(third);
    await eventually('the study is told of', async () => (await told(uid)).length === 1);
    expect(await told(uid)).toEqual([
      {
        hospital: 'H001',
        studyInstanceUid: uid,
        instances: 3,
        reason: 'MPPS_COMPLETED',
        confidence: 'certain',
        expected: 3,
        missing: 0,
        missingInstances: [],
        decidedAt: expect.any(String),
      },
    ]);
  });

  it('make a study certain that was only quiet', async () => {
    const { uid, instances, stores } = await study(1);
    await perform(...stores);
    await eventually('the study is told of', async () => (await told(uid)).length === 1);
    await eventually('it is at the registry', async () => (await atRegistry(uid)) === 1);
    const mpps = newUid();
    await perform({ create: mpps, elements: stepBegins(step(uid)) }, { set: mpps, elements: stepEnds(instances) });
    await eventually('the study is told of again', async () => (await told(uid)).length === 2);
    expect((await told(uid)).map(({ reason, confidence }) => [reason, confidence])).toEqual([
      ['QUIET_AFTER_RELEASE', 'likely'],
      ['MPPS_COMPLETED', 'certain'],
    ]);
  });

  it('are known after the gateway was killed', async () => {
    const { uid, instances, stores } = await study(2);
    const mpps = newUid();
    await perform({ create: mpps, elements: stepBegins(step(uid)) }, ...stores.slice(0, 1));
    await gateway.kill();
    await gateway.run();
    await perform(...stores.slice(1), { set: mpps, elements: stepEnds(instances) });
    await eventually('the study is told of', async () => (await told(uid)).length === 1);
    expect(await told(uid)).toMatchObject([{ instances: 2, reason: 'MPPS_COMPLETED', expected: 2 }]);
  });
});

(machineHas('pydicom') ? describe : describe.skip)('a study of which an instance is missing', () => {
  it('is held for complete after the long quiet, doubtfully, and the instance is named', async () => {
    const gateway = await TestGateway.start({ STUDY_UNFINISHED_MS: '500' });
    const modality = await Modality.start();
    const [uid, mpps, here, missing] = [newUid(), newUid(), newUid(), newUid()];
    await modality.perform(gateway.dicomPort, [
      { create: mpps, elements: stepBegins({ studyInstanceUid: uid, status: 'IN PROGRESS' }) },
      { set: mpps, elements: stepEnds([here, missing]) },
      { store: await modality.image(uid, here) },
    ]);
    const told = async () => (await gateway.events()).filter(({ type }) => type === 'study.received.v2');
    await eventually('the study is told of', async () => (await told()).length === 1);
    expect((await told()).map(({ data }) => data)).toMatchObject([
      { reason: 'QUIET_TIME', confidence: 'doubtful', expected: 2, missing: 1, missingInstances: [missing] },
    ]);
    await gateway.stop();
    await modality.stop();
  });
});
