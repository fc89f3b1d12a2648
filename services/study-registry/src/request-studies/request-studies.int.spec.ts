import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StudyReceivedV1 } from '@yinglian/contracts';
import { ctSeries, fileOf } from '@yinglian/testing';
import { type Answer, RegistryService } from '../testing/registry-service.js';

const golden: unknown = JSON.parse(
  readFileSync(new URL('../../../../libs/contracts/src/golden/study.received.v1.json', import.meta.url), 'utf8'),
);

describe('a study that is missing', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start();
  });
  afterAll(() => registry.stop());

  const asPerson = async (method: string, path: string, body?: object, person = {}): Promise<Answer> => {
    const token = await registry.issuer.personToken({
      subject: 'dr',
      roles: ['clinician'],
      hospital: 'H002',
      ...person,
    });
    return asking(method, path, token, body);
  };
  const asGateway = async (method: string, path: string, body?: object, hospital = 'H001'): Promise<Answer> => {
    const scopes = ['packs:write', 'gateway:read'] as const;
    const token = await registry.issuer.serviceToken({ clientId: 'gateway', scopes: [...scopes], hospital });
    return asking(method, path, token, body);
  };
  const asking = (method: string, path: string, token: string, body?: object) =>
    registry.ask(method, `/api/study-registry/${path}`, {
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: Buffer.from(JSON.stringify(body)) }),
    });
  const request = (body: object, person = {}) => asPerson('POST', 'study-requests', body, person);
  const toServe = async () => (await asGateway('GET', 'hospitals/H001/study-requests')).json.requests;

  it('is asked for once, learnt of by the gateway, and answered', async () => {
    const wanted = { hospital: 'H001', studyInstanceUid: '1.2.3.4' };
    const first = await request(wanted);
    const again = await request(wanted);
    const { requestId } = first.json;
    expect([first.status, again.status, again.json.requestId]).toEqual([201, 200, requestId]);
    expect(await toServe()).toEqual([{ requestId, studyInstanceUid: '1.2.3.4', accessionNumber: null }]);
    const outcome = `study-requests/${requestId}/outcome`;
    expect((await asGateway('PUT', outcome, { outcome: 'fetched' })).status).toBe(204);
    expect((await asGateway('PUT', outcome, { outcome: 'failed', reason: 'late' })).status).toBe(204);
    expect((await asPerson('GET', `study-requests/${requestId}`)).json).toEqual({
      requestId,
      hospital: 'H001',
      studyInstanceUid: '1.2.3.4',
      accessionNumber: null,
      state: 'fetched',
      reason: '',
      progress: 'coming',
      instances: 0,
      requestedAt: expect.any(String),
      answeredAt: expect.any(String),
    });
    expect(await toServe()).toEqual([]);
    expect((await request(wanted)).status).toBe(201);
  });

  it('is recorded as a search of whoever asks', async () => {
    await request({ hospital: 'H001', accessionNumber: 'A77' }, { subject: 'dr.recorded' });
    const searched = (await registry.events('audit')).filter(
      ({ data }) => (data.actor as { subject: string }).subject === 'dr.recorded',
    );
    expect(searched.map(({ data }) => [data.action, data.query])).toEqual([['study.search', ['AccessionNumber']]]);
  });

  it('is nobody else’s to see or to serve', async () => {
    const { requestId } = (await request({ hospital: 'H001', studyInstanceUid: '1.2.5' })).json;
    const codes = [
      await asPerson('GET', `study-requests/${requestId}`, undefined, { subject: 'other' }),
      await asGateway('GET', 'hospitals/H001/study-requests', undefined, 'H002'),
      await asGateway('PUT', `study-requests/${requestId}/outcome`, { outcome: 'fetched' }, 'H002'),
      await request({ hospital: 'H001' }),
    ].map(({ status, json }) => [status, json.code]);
    expect(codes).toEqual([
      [404, 'STUDY_REQUEST_NOT_FOUND'],
      [403, 'GATEWAY_OF_ANOTHER_HOSPITAL'],
      [403, 'GATEWAY_OF_ANOTHER_HOSPITAL'],
      [400, 'INVALID_REQUEST'],
    ]);
  });

  it('is asked for, coming, and here when the registry has all of it, by its UID and by its accession number', async () => {
    const series = ctSeries(3);
    const { studyInstanceUid } = series;
    const wanted = [
      { hospital: 'H002', studyInstanceUid },
      { hospital: 'H002', accessionNumber: `A${series.patientId}` },
    ];
    for (const each of wanted) await request(each, { subject: 'dr.waits' });
    const shown = async () =>
      (await asPerson('GET', 'study-requests?hospital=H002', undefined, { subject: 'dr.waits' })).json.requests.map(
        ({ progress, instances }: { progress: string; instances: number }) => [progress, instances],
      );
    const both = (progress: string, instances: number) => wanted.map(() => [progress, instances]);
    expect(await shown()).toEqual(both('asked', 0));
    await registry.store('H002', series.slices.map(fileOf));
    expect(await shown()).toEqual(both('coming', 3));
    const { requests } = (await asGateway('GET', 'hospitals/H002/study-requests', undefined, 'H002')).json;
    for (const { requestId } of requests)
      await asGateway('PUT', `study-requests/${requestId}/outcome`, { outcome: 'fetched' }, 'H002');
    const received = { hospital: 'H002', studyInstanceUid, instances: 3, reason: 'QUIET_AFTER_RELEASE' as const };
    await registry.publish(StudyReceivedV1, { ...StudyReceivedV1.data.parse(golden), ...received });
    expect(await shown()).toEqual(both('coming', 3));
    await registry.database.query("UPDATE study_requests SET answered_at = now() - interval '10 seconds'");
    expect(await shown()).toEqual(both('arrived', 3));
  });

  it('is listed by hospital: all of it for administrators, their own for others; stewards ask for none', async () => {
    const wanted = { hospital: 'H002', studyInstanceUid: '1.2.8' };
    const { requestId } = (await request(wanted, { subject: 'dr.asks' })).json;
    const listed = async (person: object) =>
      (await asPerson('GET', 'study-requests?hospital=H002', undefined, person)).json.requests.map(
        (each: { requestId: string }) => each.requestId,
      );
    expect(await listed({ roles: ['administrator'], hospital: null, subject: 'adm' })).toContain(requestId);
    expect(await listed({ subject: 'dr.asks' })).toEqual([requestId]);
    expect(await listed({ subject: 'dr.other' })).toEqual([]);
    const refused = await request(wanted, { roles: ['steward'], hospital: null, subject: 'steward' });
    expect([refused.status, refused.json.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it('is refused when a gateway has a hundred to serve, and given up after a day', async () => {
    const administrator = { roles: ['administrator'], hospital: null, subject: 'adm' };
    for (let place = 0; place < 100; place += 1) {
      await request({ hospital: 'H003', studyInstanceUid: `1.2.6.${place}` }, administrator);
    }
    const further = await request({ hospital: 'H003', studyInstanceUid: '1.2.7' }, administrator);
    expect([further.status, further.json.code]).toEqual([429, 'STUDY_REQUESTS_TOO_MANY']);
    await registry.database.query("UPDATE study_requests SET requested_at = now() - interval '25 hours'");
    const { requests } = (await asPerson('GET', 'study-requests', undefined, administrator)).json;
    expect(requests[0].state).toBe('expired');
    expect((await request({ hospital: 'H003', studyInstanceUid: '1.2.6.0' }, administrator)).status).toBe(201);
  });
});
