import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EncounterRecordedV1, OrderPlacedV1, StudyReceivedV1 } from '@yinglian/contracts';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { ConsentWithdrawnV1, RegistryService } from '../testing/registry-service.js';

const AT = new Date().toISOString();
const PRESETS = { years: 30, maximumStudies: 5, modalities: [] as string[] };
let persons = 0;

describe('priors of other hospitals', () => {
  let registry: RegistryService;
  let personId: string;
  let local: string;
  let prior: CtSeries;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    persons += 1;
    personId = `P${String(persons).padStart(26, '0')}`;
    local = `L${persons}`;
    prior = ctSeries(2, `E${persons}`);
    await registry.store('H002', prior.slices.map(fileOf));
    await received(prior);
    await registry.link('H002', prior.patientId, personId);
  });

  const received = ({ studyInstanceUid, slices }: CtSeries) =>
    registry.publish(StudyReceivedV1, {
      hospital: 'H002',
      studyInstanceUid,
      instances: slices.length,
      reason: 'QUIET_AFTER_RELEASE',
      quietSince: AT,
    });
  const visit = (status: 'active' | 'ended' = 'active', encounterId = `V${persons}`) =>
    registry.publish(EncounterRecordedV1, {
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: 'HIS', id: local },
      encounterId,
      encounterClass: 'inpatient',
      status,
      department: null,
      startedAt: AT,
      endedAt: null,
      recordedAt: AT,
    });
  const linkLocal = () => registry.link('H001', local, personId, 1, 'HIS');
  const asGateway = async (method: string, path: string, body?: object, hospital = 'H001') => {
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes: ['priors:read'], hospital });
    return registry.ask(method, `/api/study-registry/${path}`, {
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: Buffer.from(JSON.stringify(body)) }),
    });
  };
  const offers = async (wishes: object = {}): Promise<{ offerId: string; studyInstanceUid: string }[]> => {
    const { json } = await asGateway('POST', 'hospitals/H001/prior-offers', { ...PRESETS, ...wishes });
    return json.offers.filter(
      ({ studyInstanceUid }: { studyInstanceUid: string }) => studyInstanceUid === prior.studyInstanceUid,
    );
  };
  const [slice, series] = [() => prior.slices[0]?.sopInstanceUid, () => prior.seriesInstanceUid];

  it('are offered when a visit began and the patient is known, whichever comes first', async () => {
    await visit();
    expect(await offers()).toEqual([]);
    await linkLocal();
    const found = await offers();
    expect(found).toEqual([
      {
        offerId: expect.any(String),
        studyInstanceUid: prior.studyInstanceUid,
        ownerHospital: 'H002',
        patient: { issuer: 'HIS', id: local },
      },
    ]);
    await visit('active', `${local} again`);
    expect(await offers()).toEqual(found);
  });

  it('are given as they were received, recorded as opened by the gateway, until they are delivered', async () => {
    await linkLocal();
    await visit();
    const [offer] = await offers();
    const path = `prior-offers/${offer?.offerId}`;
    const { json } = await asGateway('GET', `${path}/instances`);
    expect(json.instances.map((each: { sopInstanceUid: string }) => each.sopInstanceUid).sort()).toEqual(
      prior.slices.map(({ sopInstanceUid }) => sopInstanceUid).sort(),
    );
    const file = await asGateway('GET', `${path}/series/${series()}/instances/${slice()}`);
    const [first] = prior.slices;
    expect([file.status, first && file.body.equals(fileOf(first))]).toEqual([200, true]);
    expect((await asGateway('PUT', `${path}/outcome`, { outcome: 'delivered' })).status).toBe(204);
    expect(await offers()).toEqual([]);
    const closed = await asGateway('GET', `${path}/instances`);
    expect([closed.status, closed.json.code]).toEqual([409, 'PRIOR_OFFER_CLOSED']);
    const opened = (await registry.events('audit')).filter(({ data }) => data.personId === personId);
    expect(
      opened.map(({ data }) => [data.action, (data.actor as { subject: string }).subject, data.studyInstanceUid]),
    ).toContainEqual(['study.retrieve', 'gateway-H001', prior.studyInstanceUid]);
  });

  it('are not offered against an objection, and not given when one comes', async () => {
    await linkLocal();
    await visit();
    const [offer] = await offers();
    await registry.publish(ConsentWithdrawnV1, {
      consentId: randomUUID(),
      personId,
      scope: { kind: 'person' },
      withdrawnAt: AT,
    });
    const refused = await asGateway('GET', `prior-offers/${offer?.offerId}/instances`);
    expect([refused.status, refused.json.code]).toEqual([403, 'PATIENT_OBJECTS']);
    expect(await offers()).toEqual([]);
    await visit('active', `${local} again`);
    expect(await offers()).toEqual([]);
  });

  it('are not offered for a visit that ended, of other modalities, or from longer ago', async () => {
    await linkLocal();
    await visit('ended');
    expect(await offers()).toEqual([]);
    await visit('active', `${local} MR`);
    expect(await offers({ modalities: ['MR'] })).toEqual([]);
    await registry.database.query("UPDATE studies SET study_date = '19800101' WHERE study_uid = $1", [
      prior.studyInstanceUid,
    ]);
    await visit('active', `${local} old`);
    expect(await offers()).toEqual([]);
  });

  it('are nobody else’s', async () => {
    await linkLocal();
    await visit();
    const [offer] = await offers();
    const answers = [
      await asGateway('GET', `prior-offers/${offer?.offerId}/instances`, undefined, 'H003'),
      await asGateway('PUT', `prior-offers/${offer?.offerId}/outcome`, { outcome: 'delivered' }, 'H003'),
      await asGateway('POST', 'hospitals/H001/prior-offers', PRESETS, 'H003'),
    ].map(({ status, json }) => [status, json.code]);
    expect(answers).toEqual([
      [404, 'PRIOR_OFFER_NOT_FOUND'],
      [404, 'PRIOR_OFFER_NOT_FOUND'],
      [403, 'GATEWAY_OF_ANOTHER_HOSPITAL'],
    ]);
  });
  describe('when an exam was ordered', () => {
    const others: CtSeries[] = [];
    /** The prior of each test is the newest, a CT of the chest; these are of the same person. */
    beforeEach(async () => {
      others.length = 0;
      for (const [modality, bodyPart, date] of [
        ['MR', 'KNEE', '20260103'],
        ['DX', 'CHEST', '20260102'],
        ['MR', 'HEAD', '20260101'],
      ]) {
        const other = ctSeries(1, prior.patientId);
        await registry.store('H002', other.slices.map(fileOf));
        await received(other);
        await registry.database.query(
          'UPDATE studies SET modalities = ARRAY[$2], body_parts = ARRAY[$3], study_date = $4 WHERE study_uid = $1',
          [other.studyInstanceUid, modality, bodyPart, date],
        );
        others.push(other);
      }
      await registry.database.query("UPDATE studies SET study_date = '20260104' WHERE study_uid = $1", [
        prior.studyInstanceUid,
      ]);
      await registry.link('H002', prior.patientId, personId);
      await linkLocal();
    });

    const order = (
      bodyPart: string | null,
      modality: string | null,
      localName = '',
      status: 'placed' | 'cancelled' = 'placed',
    ) =>
      registry.publish(OrderPlacedV1, {
        hospital: 'H001',
        patient: { hospital: 'H001', issuer: 'HIS', id: local },
        accessionNumber: null,
        placerOrderNumber: `O${persons} ${bodyPart}${localName}`,
        fillerOrderNumber: null,
        status,
        item: { localCode: null, localName, provincialCode: null },
        modality,
        bodyPart,
        priority: 'routine',
        department: null,
        encounterId: null,
        studyInstanceUid: null,
        orderedAt: AT,
        performedAt: null,
        recordedAt: AT,
      });
    /** What is offered of this person, in the order in which it is to be sent. */
    const offered = async (maximumStudies: number) => {
      const names = new Map(
        others.map(({ studyInstanceUid }, at) => [studyInstanceUid, ['knee', 'chest X-ray', 'head'][at]]),
      );
      const { json } = await asGateway('POST', 'hospitals/H001/prior-offers', { ...PRESETS, maximumStudies });
      return json.offers
        .map(({ studyInstanceUid }: { studyInstanceUid: string }) =>
          studyInstanceUid === prior.studyInstanceUid ? 'chest CT' : names.get(studyInstanceUid),
        )
        .filter((name: string | undefined) => name !== undefined);
    };

    it('go by its region and modality, the newest first among those that are as near', async () => {
      await order('HEAD', 'MR');
      await visit();
      expect(await offered(4)).toEqual(['head', 'knee', 'chest CT', 'chest X-ray']);
    });

    it('are those like it, where only few are wanted', async () => {
      await order(null, 'CT', '胸部CT平扫');
      await visit();
      expect(await offered(2)).toEqual(['chest CT', 'chest X-ray']);
    });

    it('after the visit was looked at, those like it come besides, and go first', async () => {
      await visit();
      expect(await offered(1)).toEqual(['chest CT']);
      await order('HEAD', 'MR');
      expect(await offered(1)).toEqual(['head', 'chest CT']);
      await order('KNEE', 'MR', '', 'cancelled');
      expect(await offered(1)).toEqual(['head', 'chest CT']);
    });
  });
});
