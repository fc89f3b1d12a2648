import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CtSeries } from '@yinglian/testing';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { RegistryService } from '../testing/registry-service.js';
import { never, Steward } from '../testing/steward.js';

const DICOM = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('versions of a study', () => {
  let registry: RegistryService;
  let versions: Steward;
  let steward: DecidingSteward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    versions = new Steward(registry);
    steward = new DecidingSteward(registry);
  });
  afterAll(() => registry.stop());

  const list = (uid: string, query = '', person = {}) =>
    registry.get(`/api/study-registry/studies/${uid}/versions${query}`, '*/*', person);
  const whole = (uid: string, version?: number) =>
    registry.get(`/dicom-web/studies/${uid}${version === undefined ? '' : `?version=${version}`}`, DICOM);
  const codeOf = async (path: string, accept = DICOM) => {
    const { status, json } = await registry.get(path, accept);
    return [status, json?.code ?? null];
  };
  const otherUid = (uid: string) => `${uid.slice(0, -1)}${uid.endsWith('7') ? '3' : '7'}`;
  /** The same image under other UIDs, in another series of the study. */
  const lateImage = (file: Buffer, { seriesInstanceUid, slices: [slice = never()] }: CtSeries, seriesUid: string) =>
    Buffer.from(
      file
        .toString('latin1')
        .replaceAll(seriesInstanceUid, seriesUid)
        .replaceAll(slice.sopInstanceUid, otherUid(slice.sopInstanceUid)),
      'latin1',
    );
  /** Which of the files an answer has. */
  const having = async (uid: string, version: number, files: readonly Buffer[]) => {
    const { body } = await whole(uid, version);
    return files.map((file) => body.includes(file));
  };
  const instance = ({ studyInstanceUid, seriesInstanceUid, slices }: CtSeries, slice = 0) =>
    `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${slices[slice]?.sopInstanceUid}`;

  it('are listed with when and by what each came, and each is retrieved as it was', async () => {
    const { series, files, others, caseId } = await versions.correctedName();
    const uid = series.studyInstanceUid;
    await versions.decide(caseId, 'take', 1);
    await versions.decide(caseId, 'undo', 2);
    await versions.decide(caseId, 'take', 3);
    const all = [...files, ...others];
    const [before, after] = [
      [true, true, false, false],
      [false, false, true, true],
    ];
    expect(await having(uid, 1, all)).toEqual(before);
    expect(await having(uid, 2, all)).toEqual(after);
    expect(await having(uid, 3, all)).toEqual(before);
    expect(await having(uid, 4, all)).toEqual(after);
    expect((await whole(uid, 4)).headers.get('etag')).toBe((await whole(uid)).headers.get('etag'));
    expect((await whole(uid, 3)).headers.get('etag')).toBe((await whole(uid, 1)).headers.get('etag'));
    const { status, json } = await list(uid);
    const at = { changedAt: expect.any(String), instances: 2, reason: null, retrievable: true };
    expect([status, json]).toEqual([
      200,
      {
        current: 4,
        versions: [
          { ...at, version: 1, kind: 'registered', decision: null },
          { ...at, version: 2, kind: 'updated', decision: 'take' },
          { ...at, version: 3, kind: 'updated', decision: 'undo' },
          { ...at, version: 4, kind: 'updated', decision: 'take' },
        ],
        next: null,
      },
    ]);
    const page = (await list(uid, '?after=1&limit=2')).json;
    expect([page.versions.map(({ version }: { version: number }) => version), page.next]).toEqual([[2, 3], 3]);
  });

  it('have the images that had come by then, in metadata and with their bulk data too', async () => {
    const { series, files, others, caseId } = await versions.correctedName();
    const uid = series.studyInstanceUid;
    const lateSeries = otherUid(series.seriesInstanceUid);
    await registry.store('H001', [lateImage(files[0] ?? never(), series, lateSeries)]);
    await versions.decide(caseId, 'take', 1);
    const metadata = async (version: number) =>
      (await registry.get(`/dicom-web/studies/${uid}/metadata?version=${version}`)).json;
    expect((await metadata(1)).length).toBe(2);
    expect((await metadata(2)).length).toBe(3);
    expect((await metadata(3)).length).toBe(3);
    const pixels = (json: { [tag: string]: { BulkDataURI?: string } }[], sop: string | undefined) =>
      json.find((one) => JSON.stringify(one['00080018']).includes(`"${sop}"`))?.['7FE00010']?.BulkDataURI ?? '';
    // The second slice was sent again with another pixel.
    const sop = series.slices[1]?.sopInstanceUid;
    const [old, now] = await Promise.all(
      [1, 3].map(async (version) => {
        const address = pixels(await metadata(version), sop);
        expect(address).toMatch(new RegExp(`\\?version=${version}$`));
        return (await registry.get(address, 'application/octet-stream')).body;
      }),
    );
    expect(old?.at(-1)).toBe(files[1]?.at(-1));
    expect(now?.at(-1)).toBe(others[1]?.at(-1));
    const file = await registry.get(`${instance(series)}?version=1`, 'application/dicom');
    expect(file.body.equals(files[0] ?? never())).toBe(true);
    const extraSeries = `/dicom-web/studies/${uid}/series/${lateSeries}`;
    expect(await codeOf(`${extraSeries}?version=1`)).toEqual([404, 'SERIES_NOT_FOUND']);
    expect(await codeOf(`${extraSeries}?version=2`)).toEqual([200, null]);
  });

  it.each([
    ['/frames/1', 'application/octet-stream; transfer-syntax=*'],
    ['/rendered', 'image/png'],
    ['/frames/1/rendered', 'image/png'],
    ['/thumbnail', 'image/png'],
    ['/frames/1/thumbnail', 'image/png'],
  ])('are seen in %s', async (suffix, accept) => {
    const { series, caseId } = await versions.correctedName();
    // The second slice was sent again with another pixel.
    const address = `${instance(series, 1)}${suffix}`;
    const get = (query: string) => registry.get(`${address}${query}`, accept);
    const first = await get('');
    await versions.decide(caseId, 'take', 1);
    const [then, now, current] = [await get('?version=1'), await get('?version=2'), await get('')];
    expect([first.status, then.status, now.status]).toEqual([200, 200, 200]);
    expect(then.body.equals(first.body)).toBe(true);
    expect(now.body.equals(current.body)).toBe(true);
    expect(then.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(now.headers.get('etag')).not.toBe(then.headers.get('etag'));
    expect(await codeOf(`${address}?version=3`, accept)).toEqual([404, 'VERSION_NOT_FOUND']);
    expect(await codeOf(`${address}?version=0`, accept)).toEqual([400, 'INVALID_REQUEST']);
  });

  it('show nothing that is withdrawn now, and tell by what reason', async () => {
    const { series, files } = await versions.correctedName();
    const uid = series.studyInstanceUid;
    const [one] = series.slices;
    const image = { seriesInstanceUid: series.seriesInstanceUid, sopInstanceUid: one?.sopInstanceUid ?? '' };
    await steward.withdraw(uid, { ...image, reason: '113001' });
    expect(await having(uid, 1, files)).toEqual([false, true]);
    await steward.withdraw(uid);
    expect(await codeOf(`/dicom-web/studies/${uid}?version=1`)).toEqual([410, 'STUDY_WITHDRAWN']);
    expect((await list(uid)).json.code).toBe('STUDY_WITHDRAWN');
    await steward.restore(uid);
    const told = (await list(uid)).json.versions.map(
      ({ kind, instances, decision, reason }: Record<string, unknown>) => [kind, instances, decision, reason],
    );
    expect(told).toEqual([
      ['registered', 2, null, null],
      ['updated', 1, 'withdraw', '113001'],
      ['withdrawn', 0, 'withdraw', '113037'],
      ['restored', 1, 'restore', null],
    ]);
  });

  it('are none that has not been, none of before they were kept, and nobody’s who may not open the study', async () => {
    const { series, caseId } = await versions.correctedName();
    const uid = series.studyInstanceUid;
    expect(await codeOf(`/dicom-web/studies/${uid}?version=2`)).toEqual([404, 'VERSION_NOT_FOUND']);
    for (const wrong of ['0', '-1', 'x', '1.5', '99999999999'])
      expect(await codeOf(`/dicom-web/studies/${uid}?version=${wrong}`)).toEqual([400, 'INVALID_REQUEST']);
    const foreign = await registry.get(`/dicom-web/studies/${uid}?version=1`, DICOM, { hospital: 'H003' });
    expect([foreign.status, foreign.json.code]).toEqual([403, 'ACCESS_REASON_NEEDED']);
    expect(await codeOf('/api/study-registry/studies/1.2.3.4/versions', '*/*')).toEqual([404, 'STUDY_NOT_FOUND']);
    // As a registry of before has it: from the next change on it is known again.
    await registry.database.query('UPDATE packs SET study_version = NULL WHERE study_uid = $1', [uid]);
    expect((await list(uid)).json.versions).toMatchObject([{ version: 1, retrievable: true }]);
    await versions.decide(caseId, 'take', 1);
    await versions.decide(caseId, 'undo', 2);
    expect(await codeOf(`/dicom-web/studies/${uid}?version=1`)).toEqual([404, 'VERSION_NOT_KEPT']);
    expect((await whole(uid, 2)).status).toBe(200);
    expect((await list(uid)).json.versions.map(({ retrievable }: { retrievable: boolean }) => retrievable)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
