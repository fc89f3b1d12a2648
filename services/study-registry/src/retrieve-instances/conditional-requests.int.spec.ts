import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CtSeries, ctSeries, fileOf } from '@yinglian/testing';
import { OpenedStudies } from '../open-study/opened-studies.js';
import { RegistryService } from '../testing/registry-service.js';

const MULTIPART = 'multipart/related; type="application/dicom"; transfer-syntax=*';
const SINGLE = 'application/dicom';
const PERSON = 'P01KB0000000000000000000005';

describe('what is said about an answer', () => {
  let registry: RegistryService;
  let series: CtSeries;
  let files: Buffer[];
  beforeAll(async () => {
    registry = await RegistryService.start();
    series = ctSeries(3);
    files = series.slices.map(fileOf);
    await registry.store('H001', files.slice(0, 2));
  });
  afterAll(() => registry.stop());

  const study = () => `/dicom-web/studies/${series.studyInstanceUid}`;
  const instance = () => `${study()}/series/${series.seriesInstanceUid}/instances/${series.slices[0]?.sopInstanceUid}`;
  const file = () => files[0] ?? Buffer.alloc(0);
  const get = (path: string, accept: string, headers = {}) => registry.get(path, accept, {}, headers);
  const damage = async ({ digest }: { readonly digest: string }, at: number) => {
    const [path = ''] = globSync(join(registry.environment.OBJECTS_FOLDER ?? '', `packs/*/${digest}`));
    const handle = await open(path, 'r+');
    await handle.write(Buffer.from('X'), 0, 1, Math.floor(at));
    await handle.close();
  };
  const tagOf = async (path: string, accept: string) => (await get(path, accept)).headers.get('etag') ?? '';

  it.each([
    ['a study', study, MULTIPART, /^"/],
    ['a file', instance, SINGLE, /^"/],
    ['metadata', () => `${study()}/metadata`, 'application/dicom+json', /^W\/"/],
    ['a frame', () => `${instance()}/frames/1`, 'application/octet-stream', /^"/],
    ['frames', () => `${instance()}/frames/1,1`, 'multipart/related; type="application/octet-stream"', /^"/],
    ['bulk data', () => `${instance()}/bulkdata/7FE00010`, '*/*', /^"/],
  ])('%s has a tag, is the same under it, and is not sent again to who has it', async (_, path, accept, form) => {
    const first = await get(path(), accept);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(form);
    const second = await get(path(), accept, { 'if-none-match': '"another"' });
    expect([second.status, second.headers.get('etag'), second.body.equals(first.body)]).toEqual([200, etag, true]);
    const known = await get(path(), accept, { 'if-none-match': `"another", ${etag}` });
    expect([known.status, known.headers.get('etag'), known.body.length]).toEqual([304, etag, 0]);
    const other = await get(path(), accept, { 'if-match': '"another"' });
    expect([other.status, other.json.code]).toEqual([412, 'PRECONDITION_FAILED']);
  });

  it('has other tags for what is answered in other bytes', async () => {
    const tags = [
      await tagOf(instance(), MULTIPART),
      await tagOf(instance(), SINGLE),
      await tagOf(`${instance()}/frames/1`, 'application/octet-stream'),
      await tagOf(`${instance()}/frames/1`, 'multipart/related; type="application/octet-stream"'),
      await tagOf(`${instance()}/bulkdata/7FE00010`, '*/*'),
      await tagOf(`${instance()}/metadata`, 'application/json'),
      await tagOf(`${instance()}/metadata`, 'application/dicom+json'),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('has another tag when something of the study has come, and for metadata when the person is known', async () => {
    const [whole, metadata] = [await tagOf(study(), MULTIPART), await tagOf(`${study()}/metadata`, '*/*')];
    const one = await tagOf(instance(), SINGLE);
    await registry.link('H001', series.patientId, PERSON);
    expect(await tagOf(study(), MULTIPART)).toBe(whole);
    const linked = await tagOf(`${study()}/metadata`, '*/*');
    expect(linked).not.toBe(metadata);
    await registry.store('H001', files.slice(2));
    expect(await tagOf(study(), MULTIPART)).not.toBe(whole);
    expect(await tagOf(`${study()}/metadata`, '*/*')).not.toBe(linked);
    expect(await tagOf(instance(), SINGLE)).toBe(one);
  });

  it('is refused and recorded like any other opening, when nothing is sent', async () => {
    const etag = await tagOf(study(), MULTIPART);
    const stranger = await registry.get(study(), MULTIPART, { hospital: 'H003' }, { 'if-none-match': etag });
    expect([stranger.status, stranger.json.code]).toEqual([403, 'ACCESS_REASON_NEEDED']);
    const before = (await registry.events('audit')).length;
    expect((await registry.get(study(), MULTIPART, {}, { 'if-none-match': etag })).status).toBe(304);
    expect((await registry.events('audit')).length).toBe(before + 1);
  });

  it('gives a range of a file, and of a value', async () => {
    const etag = await tagOf(instance(), SINGLE);
    const part = await get(instance(), SINGLE, { range: 'bytes=1000-70000', 'if-range': etag });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      `bytes 1000-70000/${file().length}`,
      '69001',
    ]);
    expect(part.body.equals(file().subarray(1000, 70_001))).toBe(true);
    const end = await get(`${instance()}/bulkdata/7FE00010`, '*/*', { range: 'bytes=-10' });
    expect([end.status, end.body.equals(file().subarray(-10))]).toEqual([206, true]);
  });

  it.each([
    ['of another representation', { range: 'bytes=0-9', 'if-range': '"another"' }],
    ['in several pieces', { range: 'bytes=0-9,20-29' }],
    ['of something that is no byte', { range: 'frames=1-2' }],
  ])('gives the whole for a range %s', async (_, headers) => {
    const { status, body } = await get(instance(), SINGLE, headers);
    expect([status, body.equals(file())]).toEqual([200, true]);
  });

  it('says how long the file is to who asks for what is behind its end', async () => {
    const { status, headers, json } = await get(instance(), SINGLE, { range: `bytes=${file().length}-` });
    expect([status, headers.get('content-range'), json.code]).toEqual([
      416,
      `bytes */${file().length}`,
      'RANGE_NOT_SATISFIABLE',
    ]);
  });

  it('answers HEAD with the same headers and nothing else', async () => {
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const ask = (method: string, path: string, accept: string) =>
      registry.ask(method, path, { headers: { authorization: `Bearer ${token}`, accept, range: 'bytes=0-9' } });
    const head = await ask('HEAD', instance(), SINGLE);
    expect([
      head.status,
      head.body.length,
      head.headers.get('content-length'),
      head.headers.get('accept-ranges'),
    ]).toEqual([200, 0, String(file().length), 'bytes']);
    expect(head.headers.get('etag')).toBe(await tagOf(instance(), SINGLE));
    const [said, given] = [await ask('HEAD', study(), MULTIPART), await ask('GET', study(), MULTIPART)];
    expect([said.status, said.headers.get('content-length')]).toEqual([200, String(given.body.length)]);
  });

  it('tells the SHA-256 of an original, also with a part of it, unless that is damaged', async () => {
    const expected = `sha-256=:${createHash('sha256').update(file()).digest('base64')}:`;
    for (const headers of [{}, { range: 'bytes=5-9' }, { 'want-repr-digest': 'sha-256=10' }]) {
      expect((await get(instance(), SINGLE, headers)).headers.get('repr-digest')).toBe(expected);
    }
    expect((await get(instance(), MULTIPART)).headers.get('repr-digest')).toBeNull();

    const damaged = ctSeries(1);
    await damage(await registry.store('H001', damaged.slices.map(fileOf)), 400_000);
    const { studyInstanceUid, seriesInstanceUid, slices } = damaged;
    const address = `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${slices[0]?.sopInstanceUid}`;
    const { status, json } = await get(address, SINGLE);
    expect([status, json.code]).toEqual([500, 'INSTANCE_DAMAGED']);
  });

  it('breaks an answer off within a file that is damaged, and gives no end of it', async () => {
    const damaged = ctSeries(4);
    const sizes = damaged.slices.map((slice) => fileOf(slice).length);
    await damage(await registry.store('H001', damaged.slices.map(fileOf)), (sizes[0] ?? 0) * 2.5);
    const address = `${registry.address}/dicom-web/studies/${damaged.studyInstanceUid}`;
    const token = await registry.issuer.personToken({ subject: 'dr', roles: ['clinician'], hospital: 'H001' });
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}`, accept: MULTIPART } });
    const whole = Number(response.headers.get('content-length'));
    let given = 0;
    const read = async () => {
      for await (const piece of response.body ?? []) given += piece.length;
    };
    await expect(read()).rejects.toThrow('terminated');
    expect([response.status, given < whole - (sizes[3] ?? 0)]).toEqual([200, true]);
  });

  it('looks at each file once a day', async () => {
    const twice = ctSeries(3);
    const pack = await registry.store('H001', twice.slices.map(fileOf));
    const address = `/dicom-web/studies/${twice.studyInstanceUid}`;
    const first = await get(address, MULTIPART);
    await damage(pack, 700_000);
    const second = await get(address, MULTIPART);
    expect([first.status, second.status, second.body.equals(first.body)]).toEqual([200, 200, false]);
  });

  it('takes the wish from the address too, before the header’s', async () => {
    const single = await get(`${instance()}?accept=application/dicom`, '*/*');
    expect(single.headers.get('content-type')).toMatch(/^application\/dicom; transfer-syntax=/);
    const several = await get(`${instance()}?accept=image/png&accept=application/dicom`, 'image/jpeg');
    expect(several.headers.get('content-type')).toMatch(/^application\/dicom; transfer-syntax=/);
    const json = await get(
      `${instance()}/metadata?accept=${encodeURIComponent('application/json;q=0.5')}`,
      'text/html',
    );
    expect([json.status, json.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect((await get(`${instance()}?accept=image/png`, 'image/png')).status).toBe(406);
  });

  it.each([
    ['a study', study, MULTIPART],
    ['a file', instance, SINGLE],
    ['a frame', () => `${instance()}/frames/1`, 'application/octet-stream'],
    ['bulk data', () => `${instance()}/bulkdata/7FE00010`, '*/*'],
  ])(
    'of %s says when it changed, once that second is over, and is not sent again to who knows it',
    async (_, path, accept) => {
      const changed = async (at: string) => {
        const { studyInstanceUid: uid } = series;
        await registry.database.query('UPDATE studies SET updated_at = $2 WHERE study_uid = $1', [uid, at]);
        registry.service.app.get(OpenedStudies).forget(uid);
      };
      await changed(new Date().toISOString());
      expect((await get(path(), accept)).headers.get('last-modified')).toBeNull();
      await changed('2026-11-24T08:00:00.900Z');
      const at = 'Tue, 24 Nov 2026 08:00:00 GMT';
      expect((await get(path(), accept)).headers.get('last-modified')).toBe(at);
      const known = await get(path(), accept, { 'if-modified-since': at });
      expect([known.status, known.headers.get('last-modified'), known.body.length]).toEqual([304, at, 0]);
      const before = 'Tue, 24 Nov 2026 07:59:59 GMT';
      expect((await get(path(), accept, { 'if-modified-since': before })).status).toBe(200);
      expect((await get(path(), accept, { 'if-unmodified-since': before })).status).toBe(412);
      expect((await get(path(), accept, { 'if-modified-since': at, 'if-none-match': '"another"' })).status).toBe(200);
    },
  );

  it('of metadata and of what is made anew says no date: an identity or a release changes them', async () => {
    const made = 'application/dicom; transfer-syntax=1.2.840.10008.1.2.5';
    for (const [path, accept] of [
      [`${study()}/metadata`, 'application/dicom+json'],
      [instance(), made],
    ] as const)
      expect((await get(path, accept)).headers.get('last-modified')).toBeNull();
  });
});
