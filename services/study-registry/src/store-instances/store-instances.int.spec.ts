import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STATUS } from '@yinglian/dicom';
import {
  BOUNDARY,
  CT_IMAGE_STORAGE,
  type CtSeries,
  ctSeries,
  element,
  fileOf,
  multipart,
  part10,
  type SmallInstance,
  smallInstance,
  until,
} from '@yinglian/testing';
import { partsOf } from '../testing/parts-of.js';
import { RegistryService } from '../testing/registry-service.js';

const REFERENCED = '00081199';
const FAILED = '00081198';
const OTHER_FAILURES = '0008119A';
const sequence = (...Value: unknown[]) => ({ vr: 'SQ', Value });
const reason = (status: number) => ({ '00081197': { vr: 'US', Value: [status] } });
const named = (sopInstanceUid: string, sopClassUid = CT_IMAGE_STORAGE) => ({
  '00081150': { vr: 'UI', Value: [sopClassUid] },
  '00081155': { vr: 'UI', Value: [sopInstanceUid] },
});
const smallFile = ({ sopClassUid, sopInstanceUid, dataSet }: SmallInstance) =>
  part10(sopClassUid, sopInstanceUid, dataSet);
const bodyOf = (...files: Buffer[]) => Buffer.from(multipart(files));

describe('STOW-RS at the registry', () => {
  let registry: RegistryService;
  beforeAll(async () => {
    registry = await RegistryService.start(undefined, { STOW_QUIET_MS: '1500' });
  });
  afterAll(() => registry.stop());

  const referenced = (series: CtSeries, sopInstanceUid: string) => {
    const study = `${registry.address}/dicom-web/studies/${series.studyInstanceUid}`;
    const url = `${study}/series/${series.seriesInstanceUid}/instances/${sopInstanceUid}`;
    return { ...named(sopInstanceUid), '00081190': { vr: 'UR', Value: [url] } };
  };
  const packsOf = (study: string) =>
    registry.database.query('SELECT hospital, stored, duplicates, quarantined FROM packs WHERE study_uid = $1', [
      study,
    ]);

  it('answers 200 with each instance, which is served from then on as it came, and makes one pack of a series', async () => {
    const series = ctSeries(3, 'STOW-1');
    const files = series.slices.map(fileOf);
    const { status, headers, json } = await registry.stow(bodyOf(...files));
    const study = `/dicom-web/studies/${series.studyInstanceUid}`;
    expect([status, headers.get('content-type'), json]).toEqual([
      200,
      'application/dicom+json',
      {
        '00081190': { vr: 'UR', Value: [registry.address + study] },
        [REFERENCED]: sequence(...series.slices.map(({ sopInstanceUid }) => referenced(series, sopInstanceUid))),
      },
    ]);
    const answer = await registry.get(study, 'multipart/related; type="application/dicom"; transfer-syntax=*');
    expect(partsOf(answer).map(({ body }) => body.equals(files.shift() ?? Buffer.alloc(0)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(await packsOf(series.studyInstanceUid)).toEqual([
      { hospital: 'H001', stored: 3, duplicates: 0, quarantined: 0 },
    ]);
  });

  it('tells whose the study is, once', async () => {
    const series = ctSeries(2, 'STOW-2');
    for (const slice of series.slices) expect((await registry.stow(bodyOf(fileOf(slice)))).status).toBe(200);
    const told = (await registry.events('studies')).filter(
      ({ data }) => data.studyInstanceUid === series.studyInstanceUid,
    );
    expect(
      told
        .map(({ type }) => type)
        .filter((type) => type !== 'study.completed.v2')
        .sort(),
    ).toEqual(['patient.described.v1', 'study.registered.v1', 'study.updated.v1']);
    expect(told.find(({ type }) => type === 'patient.described.v1')?.data).toMatchObject({
      hospital: 'H001',
      patient: { hospital: 'H001', issuer: '', id: 'STOW-2' },
      name: { alphabetic: 'Bench^Patient', ideographic: '测试^病人', charsetGuessed: false },
    });
  });

  it('holds a study for complete once nothing more of it comes', async () => {
    const series = ctSeries(3);
    for (const slice of series.slices) expect((await registry.stow(bodyOf(fileOf(slice)))).status).toBe(200);
    const told = async () =>
      (await registry.events('studies')).filter(
        ({ type, data }) => type === 'study.completed.v2' && data.studyInstanceUid === series.studyInstanceUid,
      );
    await until(async () => (await told()).length > 0);
    expect((await told()).at(-1)?.data).toEqual({
      studyInstanceUid: series.studyInstanceUid,
      hospital: 'H001',
      version: 4,
      instances: 3,
      reason: 'QUIET_TIME',
      confidence: 'likely',
      expected: null,
      missing: 0,
      completedAt: expect.any(String),
    });
  });

  it('takes one file by itself, and answers in XML', async () => {
    const series = ctSeries(1);
    const [slice] = series.slices;
    const headers = { 'content-type': 'application/dicom', accept: 'application/dicom+xml' };
    const answer = await registry.stow(slice === undefined ? Buffer.alloc(0) : fileOf(slice), headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/dicom+xml']);
    expect(answer.body.toString()).toContain(`<Value number="1">${slice?.sopInstanceUid}</Value>`);
  });

  it('keeps the same bytes once, and other bytes under the same UID aside', async () => {
    const series = ctSeries(2);
    const [one, two] = series.slices.map(fileOf);
    if (one === undefined || two === undefined) throw new Error('There are two slices');
    const other = Buffer.from(two);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    expect((await registry.stow(bodyOf(one, two, one))).status).toBe(200);
    expect((await registry.stow(bodyOf(two, one))).status).toBe(200);
    expect(await packsOf(series.studyInstanceUid)).toHaveLength(1);
    const uids = series.slices.map(({ sopInstanceUid }) => sopInstanceUid);
    const answer = await registry.stow(bodyOf(one, other));
    expect(answer).toMatchObject({
      status: 202,
      json: {
        [REFERENCED]: sequence(referenced(series, uids[0] ?? '')),
        [FAILED]: sequence({ ...named(uids[1] ?? ''), ...reason(STATUS.duplicateInstance) }),
      },
    });
    const again = await registry.stow(bodyOf(other));
    expect([again.status, again.json[FAILED]]).toEqual([409, answer.json[FAILED]]);
  });

  it('keeps an instance of another hospital’s study aside, and says so', async () => {
    const series = ctSeries(2);
    const [one, two] = series.slices.map(fileOf);
    if (one === undefined || two === undefined) throw new Error('There are two slices');
    expect((await registry.stow(bodyOf(one))).status).toBe(200);
    const answer = await registry.stow(bodyOf(two), {}, '', 'H002');
    expect([answer.status, answer.json]).toEqual([
      409,
      { [FAILED]: sequence({ ...named(series.slices[1]?.sopInstanceUid ?? ''), ...reason(STATUS.notAuthorized) }) },
    ]);
    expect((await registry.stow(bodyOf(one), {}, '', 'H002')).status).toBe(200);
    expect(
      (await registry.events('studies')).filter(
        ({ type, data }) => type === 'patient.described.v1' && data.hospital === 'H002',
      ),
    ).toEqual([]);
  });

  it('answers 202 with the reason for each instance that it did not store', async () => {
    const [good, other] = [smallInstance(), smallInstance()];
    const nameless = smallInstance({ overrides: { 2097166: undefined } });
    const answer = await registry.stow(
      bodyOf(
        smallFile(good),
        smallFile(other),
        smallFile(nameless),
        Buffer.from('no DICOM'),
        smallFile(good).subarray(0, -2),
      ),
      {},
      `/${good.studyInstanceUid}`,
    );
    expect(answer).toMatchObject({
      status: 202,
      json: {
        [REFERENCED]: sequence(named(good.sopInstanceUid, good.sopClassUid)),
        [FAILED]: sequence(
          { ...named(other.sopInstanceUid, other.sopClassUid), ...reason(STATUS.dataSetDoesNotMatch) },
          { ...named(nameless.sopInstanceUid, nameless.sopClassUid), ...reason(STATUS.dataSetDoesNotMatch) },
          { ...named(good.sopInstanceUid, good.sopClassUid), ...reason(STATUS.cannotUnderstand) },
        ),
        [OTHER_FAILURES]: sequence(reason(STATUS.cannotUnderstand)),
      },
    });
    expect((await registry.stow(bodyOf(smallFile(other)), {}, '/1.2.3')).status).toBe(409);
  });

  it('makes a pack of each series, also of series that come in turn', async () => {
    const all = Array.from({ length: 6 }, () => ctSeries(3));
    const inTurn = [0, 1, 2].flatMap((at) => all.map(({ slices }) => slices[at])).flatMap((slice) => slice ?? []);
    const { status, json } = await registry.stow(bodyOf(...inTurn.map(fileOf)));
    expect([
      status,
      json[REFERENCED].Value.map((item: Record<string, { Value: string[] }>) => item['00081155']?.Value[0]),
    ]).toEqual([200, inTurn.map(({ sopInstanceUid }) => sopInstanceUid)]);
    for (const { studyInstanceUid, seriesInstanceUid } of all) {
      const [series] = await registry.find(`/studies/${studyInstanceUid}/series`);
      expect([series?.['0020000E']?.Value, series?.['00201209']?.Value]).toEqual([[seriesInstanceUid], [3]]);
    }
  });

  it('puts a long file in a pack of its own, and forgets one that turns out to be broken', async () => {
    const dataSet = (end: number) =>
      Buffer.concat([
        element(0x00080016, 'UI', CT_IMAGE_STORAGE),
        element(0x00080018, 'UI', '1.2.826.0.1.3680043.10.1561.77.3'),
        element(0x00100020, 'LO', 'LONG'),
        element(0x0020000d, 'UI', '1.2.826.0.1.3680043.10.1561.77.1'),
        element(0x0020000e, 'UI', '1.2.826.0.1.3680043.10.1561.77.2'),
        element(0x7fe00010, 'OB', Buffer.alloc(9_000_000, 7)),
      ]).subarray(0, end);
    const file = (end: number) => part10(CT_IMAGE_STORAGE, '1.2.826.0.1.3680043.10.1561.77.3', dataSet(end));
    const broken = await registry.stow(bodyOf(file(8_000_000)));
    expect([broken.status, broken.json[FAILED].Value[0]]).toMatchObject([409, reason(STATUS.cannotUnderstand)]);
    expect((await registry.stow(bodyOf(file(9_100_000)))).status).toBe(200);
    const address = '/dicom-web/studies/1.2.826.0.1.3680043.10.1561.77.1/series/1.2.826.0.1.3680043.10.1561.77.2';
    const { body } = await registry.get(
      `${address}/instances/1.2.826.0.1.3680043.10.1561.77.3`,
      'application/dicom; transfer-syntax=*',
    );
    expect(body.equals(file(9_100_000))).toBe(true);
  });

  const type = (value: string) => ({ 'content-type': value });
  const one = () => bodyOf(smallFile(smallInstance()));
  it.each<[what: string, status: number, code: string, body: Buffer, headers?: Record<string, string>, study?: string]>(
    [
      ['without its last boundary', 400, 'STOW_MULTIPART_BROKEN', one().subarray(0, -10)],
      ['that is empty', 400, 'STOW_MULTIPART_BROKEN', Buffer.alloc(0)],
      ['without a part', 400, 'STOW_WITHOUT_INSTANCES', bodyOf()],
      ['without a boundary', 400, 'STOW_MULTIPART_BROKEN', one(), type('multipart/related; type="application/dicom"')],
      ['that is a form', 415, 'STOW_NOT_MULTIPART', one(), type(`multipart/form-data; boundary=${BOUNDARY}`)],
      ['to a study that is no UID', 400, 'STOW_STUDY_UID_INVALID', one(), {}, '/1.2.x'],
      ['to be answered as a page', 406, 'STOW_NOT_ACCEPTABLE', one(), { accept: 'text/html' }],
    ],
  )('answers a request %s with %d %s', async (_, status, code, body, headers = {}, study = '') => {
    expect(await registry.stow(body, headers, study)).toMatchObject({ status, json: { code } });
  });

  it('says what it stored when the body breaks after whole parts', async () => {
    const [whole, half] = [smallInstance(), smallInstance()];
    const body = bodyOf(smallFile(whole), smallFile(half)).subarray(0, -60);
    expect(await registry.stow(body)).toMatchObject({
      status: 202,
      json: {
        [REFERENCED]: sequence(named(whole.sopInstanceUid, whole.sopClassUid)),
        [OTHER_FAILURES]: sequence(reason(STATUS.cannotUnderstand)),
      },
    });
    expect(await registry.find(`/studies?StudyInstanceUID=${half.studyInstanceUid}`)).toEqual([]);
  });

  it('keeps whole parts of a peer that drops the connection, and forgets the others', async () => {
    const [whole, half] = [smallInstance(), smallInstance()];
    const body = bodyOf(smallFile(whole), smallFile(half));
    const socket = connect(Number(new URL(registry.address).port), '127.0.0.1');
    const head = [
      'POST /dicom-web/studies HTTP/1.1',
      'Host: registry',
      `Authorization: Bearer ${await registry.stowToken()}`,
      `Content-Type: multipart/related; type="application/dicom"; boundary=${BOUNDARY}`,
      `Content-Length: ${body.length}`,
      '\r\n',
    ];
    socket.write(head.join('\r\n'));
    socket.write(body.subarray(0, -60));
    await until(async () => (await readdir(join(registry.environment.OBJECTS_FOLDER ?? '', 'incoming'))).length > 0);
    socket.destroy();
    await until(async () => (await registry.find(`/studies?StudyInstanceUID=${whole.studyInstanceUid}`)).length === 1);
    expect(await registry.find(`/studies?StudyInstanceUID=${half.studyInstanceUid}`)).toEqual([]);
  });

  it('is for programs of a hospital', async () => {
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const client = { clientId: 'x', hospital: 'H001' };
    const person = { subject: 'dr', roles: ['clinician' as const], hospital: 'H001' };
    const answers = [
      await registry.stow(one(), { authorization: '' }),
      await registry.stow(one(), bearer(await registry.issuer.serviceToken({ ...client, scopes: ['packs:write'] }))),
      await registry.stow(one(), bearer(await registry.issuer.personToken(person))),
      await registry.stow(one(), {}, '', null),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 403, 403]);
    expect(answers.at(-1)?.json.code).toBe('GATEWAY_WITHOUT_HOSPITAL');
  });
});
