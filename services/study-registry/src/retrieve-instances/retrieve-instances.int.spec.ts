import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const EXPLICIT = '1.2.840.10008.1.2.1';

describe('WADO-RS of instances', () => {
  let registry: RegistryService;
  let series: CtSeries;
  let files: Buffer[];
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(5);
    files = series.slices.map(fileOf);
    // Two packs of one series.
    await registry.store('H001', files.slice(0, 3));
    await registry.store('H001', files.slice(3));
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const inSeries = () => `${study()}/series/${series.seriesInstanceUid}`;
  const instance = (place: number) => `${inSeries()}/instances/${series.slices[place]?.sopInstanceUid}`;

  it.each([
    ['a study', study],
    ['a series', inSeries],
  ])('gives back every file of %s bit by bit, in the order of arrival', async (_, path) => {
    const answer = await registry.get(path(), MULTIPART);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^multipart\/related; type="application\/dicom"; boundary=/);
    expect(Number(answer.headers.get('content-length'))).toBe(answer.body.length);
    const parts = partsOf(answer);
    expect(parts.map(({ body }, place) => body.equals(files[place] ?? Buffer.alloc(0)))).toEqual(Array(5).fill(true));
    expect(parts[0]?.headers['content-type']).toBe(`application/dicom; transfer-syntax=${EXPLICIT}`);
  });

  it('gives one instance as a part or by itself', async () => {
    const [part, ...none] = partsOf(await registry.get(instance(4), MULTIPART));
    expect(none).toEqual([]);
    expect(part?.body.equals(files[4] ?? Buffer.alloc(0))).toBe(true);
    const single = await registry.get(instance(4), 'application/dicom');
    expect(single.headers.get('content-type')).toBe(`application/dicom; transfer-syntax=${EXPLICIT}`);
    expect(single.body.equals(files[4] ?? Buffer.alloc(0))).toBe(true);
  });

  it.each(['*/*', 'multipart/related', `multipart/related; type=application/dicom; transfer-syntax=${EXPLICIT}`])(
    'understands Accept: %s',
    async (accept) => expect((await registry.get(study(), accept)).status).toBe(200),
  );

  it.each(['image/jpeg', 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.91'])(
    'answers 406 to Accept: %s',
    async (accept) => {
      const { status, json } = await registry.get(study(), accept);
      expect([status, json.code]).toEqual([406, 'NOT_ACCEPTABLE']);
    },
  );

  it.each([
    ['an unknown study', () => '/dicom-web/studies/1.2.3', 404, 'STUDY_NOT_FOUND'],
    ['an unknown series', () => `${study()}/series/1.2.3`, 404, 'SERIES_NOT_FOUND'],
    ['an unknown instance', () => `${inSeries()}/instances/1.2.3`, 404, 'INSTANCE_NOT_FOUND'],
    ['an instance of another series', () => `${study()}/series/1.2.3/instances/1.2.4`, 404, 'INSTANCE_NOT_FOUND'],
    ['no UID at all', () => "/dicom-web/studies/1.2.3'%20OR%20'1'='1", 400, 'INVALID_REQUEST'],
    ['a UID that is too long', () => `/dicom-web/studies/1.${'2'.repeat(70)}`, 400, 'INVALID_REQUEST'],
  ])('answers %s by its code', async (_, path, status, code) => {
    const answer = await registry.get(path(), MULTIPART);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('is refused without a token, and to programs', async () => {
    const anonymous = await registry.ask('GET', study(), { headers: { accept: MULTIPART } });
    expect([anonymous.status, anonymous.json.code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
    const token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
    const program = await registry.ask('GET', study(), { headers: { authorization: `Bearer ${token}` } });
    expect([program.status, program.json.code]).toEqual([403, 'ROLE_NOT_ALLOWED']);
  });

  it('stops reading when the client goes away', async () => {
    const large = ctSeries(40);
    await registry.store('H001', large.slices.map(fileOf));
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    for (let time = 0; time < 20; time += 1) {
      const controller = new AbortController();
      const response = await fetch(`${registry.address}/dicom-web/studies/${large.studyInstanceUid}`, {
        headers: { authorization: `Bearer ${token}`, accept: MULTIPART },
        signal: controller.signal,
      });
      await response.body?.getReader().read();
      controller.abort();
    }
    expect((await registry.get(study(), MULTIPART)).status).toBe(200);
  });
});
