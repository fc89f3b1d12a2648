import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstValue } from '@yinglian/testing';
import { DecidingSteward } from '../testing/deciding-steward.js';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';
import { never, Steward } from '../testing/steward.js';
import { testStudy } from '../testing/test-study.js';

const DICOM = 'multipart/related; type="application/dicom"; transfer-syntax=*';

describe('a part of a study that is withdrawn', () => {
  let registry: RegistryService;
  let steward: DecidingSteward;
  beforeAll(async () => {
    registry = await RegistryService.start();
    steward = new DecidingSteward(registry);
  });
  afterAll(() => registry.stop());

  /** Two series of CT, one of them with two images, and one of SR. */
  async function aStudy() {
    const { studyUid, files } = testStudy({ patientId: 'PARTS', studyDate: '20260105' }, 3);
    const [one = never(), two = never(), three = never()] = files;
    const report = replaced(three, 'CS\x02\x00CT', 'CS\x02\x00SR');
    const second = replaced(one, `${studyUid}.1.1`, `${studyUid}.1.2`);
    for (const file of [one, second, two, report]) await registry.store('H001', [file]);
    const uid = (series: number) => `${studyUid}.${series}`;
    return { studyUid, uid, one, second, report };
  }
  const replaced = (file: Buffer, from: string, to: string) =>
    Buffer.from(file.toString('latin1').replaceAll(from, to), 'latin1');

  const study = async (studyUid: string) => (await registry.find(`/studies?StudyInstanceUID=${studyUid}`))[0] ?? {};
  const countsOf = async (studyUid: string) => {
    const json = await study(studyUid);
    const values = ['00201206', '00201208'].map((tag) => json[tag]?.Value?.[0]);
    return [...values, json['00080061']?.Value];
  };
  const uidsIn = async (path: string, tag: string) =>
    (await registry.find(path)).map((json) => firstValue(json, tag)).sort();
  const shown = async (studyUid: string) => {
    const { body } = await registry.get(`/dicom-web/studies/${studyUid}`, DICOM);
    return { series: await uidsIn(`/studies/${studyUid}/series`, '0020000E'), bytes: body };
  };
  const codeOf = async (path: string, accept = 'application/dicom+json') => {
    const { status, json } = await registry.get(`/dicom-web${path}`, accept);
    return [status, json?.code];
  };
  const lastEvent = async (studyUid: string) => {
    const of = (await registry.events('studies')).filter(({ data }) => data.studyInstanceUid === studyUid);
    return [of.at(-1)?.type, of.at(-1)?.data.version, of.at(-1)?.data.instances];
  };

  it('is missing while the others are shown: a series, its images, its modality', async () => {
    const { studyUid, uid, report } = await aStudy();
    const before = await study(studyUid);
    expect(await countsOf(studyUid)).toEqual([3, 4, ['CT', 'SR']]);
    const answer = await steward.withdraw(studyUid, { seriesInstanceUid: uid(3) });
    expect(answer).toMatchObject({ status: 200, json: { isWithdrawn: false, version: 5 } });
    expect(await countsOf(studyUid)).toEqual([2, 3, ['CT']]);
    expect((await shown(studyUid)).series).toEqual([uid(1), uid(2)]);
    expect((await shown(studyUid)).bytes.includes(report)).toBe(false);
    expect(await codeOf(`/studies/${studyUid}/series/${uid(3)}`, DICOM)).toEqual([404, 'SERIES_NOT_FOUND']);
    expect(await codeOf(`/studies/${studyUid}/series/${uid(3)}/instances`)).toEqual([404, 'SERIES_NOT_FOUND']);
    expect(await registry.find(`/studies?StudyInstanceUID=${studyUid}&ModalitiesInStudy=SR`)).toEqual([]);
    expect(await registry.find(`/series?SeriesInstanceUID=${uid(3)}`)).toEqual([]);
    const fhir = await registry.get(`/fhir/ImagingStudy/${studyUid}`, 'application/fhir+json');
    expect(fhir.json).toMatchObject({ numberOfSeries: 2, numberOfInstances: 3, modality: [{ code: 'CT' }] });
    expect(JSON.stringify(fhir.json)).not.toContain(uid(3));
    expect(await lastEvent(studyUid)).toEqual(['study.updated.v1', 5, 3]);

    expect((await steward.restore(studyUid, { seriesInstanceUid: uid(3) })).status).toBe(200);
    expect(await study(studyUid)).toEqual(before);
    expect((await shown(studyUid)).bytes.includes(report)).toBe(true);
    expect(await lastEvent(studyUid)).toEqual(['study.updated.v1', 6, 4]);
  });

  it('is one image, by whatever it is asked for', async () => {
    const { studyUid, uid, one, second } = await aStudy();
    const image = { seriesInstanceUid: uid(1), sopInstanceUid: `${uid(1)}.1` };
    const path = `/studies/${studyUid}/series/${uid(1)}`;
    const whole = await registry.get(`/dicom-web${path}`, DICOM);
    expect((await steward.withdraw(studyUid, image)).status).toBe(200);
    expect(await countsOf(studyUid)).toEqual([3, 3, ['CT', 'SR']]);
    const { bytes } = await shown(studyUid);
    expect([bytes.includes(one), bytes.includes(second)]).toEqual([false, true]);
    expect(await uidsIn(`${path}/instances`, '00080018')).toEqual([`${uid(1)}.2`]);
    expect(await codeOf(`${path}/instances/${uid(1)}.1`, 'application/dicom')).toEqual([404, 'INSTANCE_NOT_FOUND']);
    expect(await codeOf(`${path}/instances/${uid(1)}.1/metadata`)).toEqual([404, 'INSTANCE_NOT_FOUND']);
    expect(await registry.find(`/instances?SOPInstanceUID=${uid(1)}.1&StudyInstanceUID=${studyUid}`)).toEqual([]);
    const metadata = await registry.get(`/dicom-web/studies/${studyUid}/metadata`);
    expect(metadata.json).toHaveLength(3);
    // Its last one takes the series with it.
    const other = { ...image, sopInstanceUid: `${uid(1)}.2` };
    expect((await steward.withdraw(studyUid, other)).status).toBe(200);
    expect((await shown(studyUid)).series).toEqual([uid(2), uid(3)]);
    for (const restored of [image, other]) expect((await steward.restore(studyUid, restored)).status).toBe(200);
    expect(await countsOf(studyUid)).toEqual([3, 4, ['CT', 'SR']]);
    const again = await registry.get(`/dicom-web${path}`, DICOM);
    expect(partsOf(again).length).toBe(partsOf(whole).length);
    expect(again.headers.get('etag')).toBe(whole.headers.get('etag'));
  });

  it('stays withdrawn when it is sent again, when more of it comes, and when a steward takes another version', async () => {
    const { studyUid, uid, one } = await aStudy();
    const image = { seriesInstanceUid: uid(1), sopInstanceUid: `${uid(1)}.1` };
    await steward.withdraw(studyUid, image);
    await steward.withdraw(studyUid, { seriesInstanceUid: uid(2) });
    const again = await registry.store('H001', [one, replaced(one, `${uid(1)}.1`, `${uid(1)}.9`)]);
    expect((await registry.put(again)).json).toMatchObject({ stored: 1, duplicates: 1, notServed: [0] });
    const late = replaced(replaced(one, `${uid(1)}.1`, `${uid(2)}.7`), uid(1), uid(2));
    await registry.store('H001', [late]);
    expect(await countsOf(studyUid)).toEqual([2, 3, ['CT', 'SR']]);
    const version = replaced(one, 'Series 1', 'Serie A ');
    await registry.store('H001', [version]);
    const versions = new Steward(registry);
    const [{ caseId }] = (await versions.ask('GET', '?limit=100')).json.cases;
    expect((await versions.decide(caseId, 'take', 1)).status).toBe(200);
    const { bytes, series } = await shown(studyUid);
    expect([bytes.includes(one), bytes.includes(version), bytes.includes(late)]).toEqual([false, false, false]);
    expect(series).toEqual([uid(1), uid(3)]);
    expect(await lastEvent(studyUid)).toEqual(['study.updated.v1', 9, 3]);
    await steward.restore(studyUid, image);
    expect((await shown(studyUid)).bytes.includes(version)).toBe(true);
  });

  it('is not all of the study, is there, and is withdrawn once', async () => {
    const { studyUid, uid } = await aStudy();
    const decided = async (asked: Parameters<DecidingSteward['withdraw']>[1]) => {
      const { status, json } = await steward.withdraw(studyUid, asked);
      return [status, json.code ?? null];
    };
    expect(await decided({ seriesInstanceUid: '1.2.3' })).toEqual([404, 'SERIES_NOT_FOUND']);
    const elsewhere = { seriesInstanceUid: uid(2), sopInstanceUid: `${uid(1)}.1` };
    expect(await decided(elsewhere)).toEqual([404, 'INSTANCE_NOT_FOUND']);
    expect(await decided({ seriesInstanceUid: uid(1) })).toEqual([200, null]);
    expect(await decided({ seriesInstanceUid: uid(1) })).toEqual([409, 'STUDY_DECIDED_ALREADY']);
    expect(await decided({ seriesInstanceUid: uid(2) })).toEqual([200, null]);
    expect(await decided({ seriesInstanceUid: uid(3) })).toEqual([409, 'NOTHING_WOULD_REMAIN']);
    const last = { seriesInstanceUid: uid(3), sopInstanceUid: `${uid(3)}.1` };
    expect(await decided(last)).toEqual([409, 'NOTHING_WOULD_REMAIN']);
    expect(await decided({})).toEqual([200, null]);
    expect((await steward.restore(studyUid)).json).toMatchObject({ isWithdrawn: false });
    expect((await shown(studyUid)).series).toEqual([uid(3)]);
    expect((await steward.restore(studyUid, last)).json.code).toBe('STUDY_DECIDED_ALREADY');
  });

  it('is told apart from the whole, where gateways compare what they sent', async () => {
    const { studyUid, uid } = await aStudy();
    const own = async () => {
      const token = await registry.issuer.serviceToken({ clientId: 'g', scopes: ['packs:write'], hospital: 'H001' });
      const { json } = await registry.ask('POST', '/api/study-registry/own-studies', {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ studies: [studyUid] })),
      });
      return json;
    };
    const before = await own();
    expect(JSON.stringify(before)).toContain(studyUid);
    await steward.withdraw(studyUid, { seriesInstanceUid: uid(1) });
    await steward.withdraw(studyUid);
    // Else it would send the study again, every day.
    expect(await own()).toEqual(before);
  });
});
